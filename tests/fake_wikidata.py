"""A small Wikidata on this machine: it speaks the shapes of the API and the query service, and their troubles."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


def entity(qid, label, description="", *, aliases=(), claims=None, pages=0, mul=False):
    """An item in the API's JSON; ``claims`` gives QIDs, ISO days or years, or numbers for properties."""
    language = "mul" if mul else "en"
    statements = {name: [make_statement(name, v) for v in values] for name, values in (claims or {}).items()}
    return {
        "type": "item",
        "id": qid,
        "labels": {language: {"language": language, "value": label}} if label else [],
        "descriptions": {"en": {"language": "en", "value": description}} if description else {},
        "aliases": {"en": [{"language": "en", "value": alias} for alias in aliases]} if aliases else [],
        "claims": statements or [],
        "sitelinks": {f"w{n}wiki": {"site": f"w{n}wiki", "title": label, "badges": []} for n in range(pages)},
    }


def make_statement(name, value, *, rank="normal"):
    """A statement of the value, as the API writes it; None is an unknown value."""
    snak = {"snaktype": "value", "property": name, "hash": "00"}
    if value is None:
        snak["snaktype"] = "somevalue"
    elif isinstance(value, int):
        snak["datavalue"] = {"value": {"amount": f"+{value}", "unit": "1"}, "type": "quantity"}
    elif value.startswith("Q"):
        item = {"entity-type": "item", "numeric-id": int(value[1:]), "id": value}
        snak["datavalue"] = {"value": item, "type": "wikibase-entityid"}
    else:
        sign, day = ("-", value[1:]) if value.startswith("-") else ("+", value)
        precision = {4: 9, 7: 10, 10: 11}[len(day)]
        full = day + "-00-00"[: 10 - len(day)]
        value = {"time": f"{sign}{full}T00:00:00Z", "timezone": 0, "before": 0, "after": 0, "precision": precision}
        snak["datavalue"] = {
            "value": value | {"calendarmodel": "http://www.wikidata.org/entity/Q1985727"},
            "type": "time",
        }
    return {"mainsnak": snak, "type": "statement", "id": "s", "rank": rank}


ENTITIES = [
    entity(
        "Q1", "Kenya", "country in East Africa", aliases=["Republic of Kenya"], pages=200,
        claims={"P31": ["Q6256", "Q3624078"], "P17": ["Q1"], "P571": ["1963-12-12"], "P1082": [50_000_000]},
    ),
    entity(
        "Q2", "Ada Obi", "Kenyan politician", aliases=["Ada Grace Obi"], pages=30,
        claims={"P31": ["Q5"], "P27": ["Q1"], "P569": ["1960-02-01"]},
    ),
    entity("Q3", "Ada Obi", "painter", pages=3, claims={"P31": ["Q5"], "P569": ["1790"], "P570": ["1851"]}, mul=True),
    entity("Q4", "Parliament of Kenya", "legislature of Kenya", pages=9, claims={"P31": ["Q35749"], "P17": ["Q1"]}),
    entity("Q8", "Kenyans", "citizens of Kenya", aliases=["Kenyan people"], pages=9, claims={"P31": ["Q41710"]}),
    entity("Q11", "Muammar Zedaffi", "Kenyan general", pages=20, claims={"P31": ["Q5"], "P27": ["Q1"]}),
    entity("Q12", "Ada Obi", "Wikimedia disambiguation page", claims={"P31": ["Q4167410"]}),
    entity("Q13", "Odd Tower", "tower in Kenya", pages=2, claims={"P31": ["Q9001"], "P17": ["Q1"]}),
    entity("Q9001", "very odd tower", claims={"P279": ["Q9002"]}),
    entity("Q9002", "odd tower", claims={"P279": ["Q41176"]}),
]  # fmt: skip


class FakeWikidata(ThreadingHTTPServer):
    """Answers from ``items``; before that, each of ``troubles`` answers one request in its own way.

    ``troubles`` are (status, headers, body) or functions of the handler. ``seen`` keeps each request: path, parameters
    and headers. ``down`` is a (status, headers, body) for the paths that start with one of its keys.
    """

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.items = {record["id"]: record for record in ENTITIES}
        self.redirects = {"Q20": "Q2"}
        self.troubles = []
        self.down = {}
        self.seen = []
        self.open_requests = 0
        self.most_open = 0

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}"

    def actions(self):
        return [parameters.get("action", "sparql") for _, parameters, _ in self.seen]

    def handle_error(self, *_):
        pass

    def search_names(self, text):
        """Items with a label or alias that begins so, as the API's entries."""
        found = []
        for record in self.items.values():
            label = next((term["value"] for term in dict(record["labels"]).values()), "")
            aliases = [term["value"] for terms in dict(record["aliases"]).values() for term in terms]
            for kind, name in [("label", label), *(("alias", alias) for alias in aliases)]:
                if name.lower().startswith(text.lower()):
                    match = {"type": kind, "language": "en", "text": name}
                    found.append({"id": record["id"], "title": record["id"], "label": label, "match": match})
                    break
        return found

    def search_words(self, text):
        """Items whose label holds all words; a word with "~" may differ in two letters."""
        words = [word.strip('"') for word in text.replace("inlabel:", "").split() if not word.startswith("haswb")]
        people = "haswbstatement:P31=Q5" in text
        found = []
        for record in self.items.values():
            label = next((term["value"] for term in dict(record["labels"]).values()), "").lower()
            told = label + " " + dict(record["descriptions"]).get("en", {}).get("value", "").lower()
            classes = [s["mainsnak"]["datavalue"]["value"]["id"] for s in dict(record["claims"]).get("P31", [])]
            if all(holds_word(told, word) for word in words) and (not people or "Q5" in classes):
                found.append({"ns": 0, "title": record["id"], "pageid": 1})
        return found

    def get_entities(self, ids):
        found = {}
        for qid in ids:
            target = self.redirects.get(qid, qid)
            record = self.items.get(target)
            if record is None:
                found[qid] = {"id": qid, "missing": ""}
            elif target != qid:
                found[qid] = {"redirects": {"from": qid, "to": target}, **record}
            else:
                found[qid] = record
        return found

    def select(self, query):
        """Rows of the two queries that the catalogue asks."""
        if "P1549" in query:
            return [
                {"country": uri("Q1"), "name": literal("Kenya"), "demonym": literal("0")},
                {"country": uri("Q1"), "name": literal("Kenyan"), "demonym": literal("1")},
            ]
        rows = []
        for record in self.items.values():
            for statement in dict(record["claims"]).get("P279", []):
                above = statement["mainsnak"]["datavalue"]["value"]["id"]
                rows.append({"class": uri(record["id"]), "above": uri(above)})
        return rows


def holds_word(text, word):
    if not word.endswith("~"):
        return word in text.split()
    return any(len(set(word[:-1]) ^ set(other)) <= 2 and other[:1] == word[:1] for other in text.split())


def uri(qid):
    return {"type": "uri", "value": f"http://www.wikidata.org/entity/{qid}"}


def literal(text):
    return {"type": "literal", "xml:lang": "en", "value": text}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        server = self.server
        server.open_requests += 1
        server.most_open = max(server.most_open, server.open_requests)
        try:
            self.answer_request()
        finally:
            server.open_requests -= 1

    def answer_request(self):
        parts = urlsplit(self.path)
        parameters = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        self.server.seen.append((parts.path, parameters, dict(self.headers)))
        down = next((answer for path, answer in self.server.down.items() if parts.path.startswith(path)), None)
        if down or self.server.troubles:
            trouble = down or self.server.troubles.pop(0)
            if callable(trouble):
                trouble(self)
            else:
                self.send(*trouble)
        elif parts.path == "/moved":
            self.send(302, {"Location": f"/api?{parts.query}"}, b"")
        elif parts.path == "/sparql":
            rows = self.server.select(parameters["query"])
            self.send_json({"head": {"vars": []}, "results": {"bindings": rows}})
        else:
            self.send_json(self.answer_api(parameters))

    def answer_api(self, parameters):
        server = self.server
        if parameters["action"] == "wbsearchentities":
            hits = server.search_names(parameters["search"])[: int(parameters["limit"])]
            return {"searchinfo": {"search": parameters["search"]}, "search": hits, "success": 1}
        if parameters["action"] == "wbgetentities":
            ids = parameters["ids"].split("|")
            assert len(ids) <= 50
            return {"entities": server.get_entities(ids), "success": 1}
        hits = server.search_words(parameters["srsearch"])[: int(parameters["srlimit"])]
        return {"batchcomplete": True, "query": {"searchinfo": {"totalhits": len(hits)}, "search": hits}}

    def send_json(self, body, status=200, headers=None):
        self.send(
            status, {"Content-Type": "application/json; charset=utf-8", **(headers or {})}, json.dumps(body).encode()
        )

    def send(self, status, headers, body):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def api_error(code, info="", **headers):
    """An error with status 200, as MediaWiki's API gives it."""
    body = {"error": {"code": code, "info": info, "docref": "See the API's help"}, "servedby": "mw1"}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return 200, {"Content-Type": "application/json", "MediaWiki-API-Error": code, **named}, json.dumps(body).encode()


MAXLAG = (
    200,
    {"Content-Type": "application/json", "Retry-After": "5", "X-Database-Lag": "9", "MediaWiki-API-Error": "maxlag"},
    json.dumps(
        {
            "error": {
                "code": "maxlag",
                "info": "Waiting for db1: 9.1 seconds lagged.",
                "host": "db1",
                "lag": 9.1,
                "type": "db",
            }
        }
    ).encode(),
)


def be_slow(handler):
    """Answers nothing for longer than the tests' timeout, then too late."""
    time.sleep(0.6)
    handler.send(200, {}, b"{}")


def break_off(handler):
    """Promises more than it sends, and hangs up."""
    handler.send(200, {"Content-Type": "application/json", "Content-Length": "5000"}, b'{"search": [')
    handler.close_connection = True


def start_fake():
    """A running fake; ``shutdown`` and ``server_close`` end it."""
    server = FakeWikidata()
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    return server
