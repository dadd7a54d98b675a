import subprocess
import sys

import pytest

import kg


@pytest.mark.parametrize("name", kg.__all__)
def test_every_public_name_is_there(name):
    assert getattr(kg, name).__doc__


def test_a_name_that_is_not_public_is_an_attribute_error():
    with pytest.raises(AttributeError, match="'paint'"):
        kg.paint  # noqa: B018


def test_importing_the_command_line_loads_no_heavy_library():
    heavy = {"spacy", "rdflib", "onnxruntime", "pyoxigraph", "trafilatura", "numpy", "requests", "rich", "py3langid"}
    code = f"import kg.cli, kg.pipeline, sys; print(sorted({heavy!r} & set(sys.modules)))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout == "[]\n"
