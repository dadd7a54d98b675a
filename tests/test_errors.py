import ast
import re
from pathlib import Path

import pytest

import kg
from kg import errors

TESTS = Path(__file__).parent
CLASSES = [value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, errors.KGError)]
LEAVES = [cls for cls in CLASSES if not cls.__subclasses__()]


def find_matched_errors():
    """The names of the classes that some test awaits with ``pytest.raises(..., match=...)``."""
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in TESTS.rglob("test_*.py")]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]
    awaited = [call for call in calls if ast.unparse(call.func) == "pytest.raises"]
    matched = [call for call in awaited if any(keyword.arg == "match" for keyword in call.keywords)]
    return {name for call in matched for name in re.findall(r"\w+", ast.unparse(call.args[0]))}


@pytest.mark.parametrize("cls", LEAVES, ids=lambda cls: cls.__name__)
def test_every_error_is_raised_in_some_test(cls):
    assert cls.__name__ in find_matched_errors()


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_every_error_is_public_and_in_the_drawn_tree(cls):
    assert cls.__name__ in kg.__all__
    assert getattr(kg, cls.__name__) is cls
    assert re.search(rf"\b{cls.__name__}\b", errors.__doc__)
    assert cls.__doc__


def test_the_tree_says_how_far_the_damage_goes():
    assert all(
        issubclass(cls, errors.ArticleError) for cls in (errors.SourceError, errors.ContentError, errors.RecordError)
    )
    stopping = (errors.ConfigError, errors.ModelError, errors.QueryError, errors.StoreError)
    assert all(issubclass(cls, errors.RunError) for cls in stopping)
    assert not issubclass(errors.CatalogueError, errors.ArticleError | errors.RunError)
