# SPDX-License-Identifier: Apache-2.0
"""openapi.yaml as a judge: which operations there are, and whether an answer is one it allows.

A small validator of the part of JSON Schema that openapi.yaml uses.  Stricter than the standard in one
thing, which the document says of itself: an object's fields are those that are listed.
"""
import datetime
import json
import os
import re

import yaml

METHODS = ("get", "post", "put", "delete")
KNOWN = {"type", "required", "properties", "additionalProperties", "items", "enum", "pattern", "minimum", "maximum",
         "minLength", "maxLength", "minItems", "maxItems", "format", "description", "example", "$ref"}
TYPES = {
    "object": lambda v: isinstance(v, dict), "array": lambda v: isinstance(v, list),
    "string": lambda v: isinstance(v, str), "boolean": lambda v: isinstance(v, bool), "null": lambda v: v is None,
    "integer": lambda v: isinstance(v, int) and not isinstance(v, bool),
    "number": lambda v: isinstance(v, (int, float)) and not isinstance(v, bool),
}


def is_date(v):
    try:
        datetime.date.fromisoformat(v)
    except ValueError:
        return False
    return len(v) == 10


def is_time(v):
    return re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00", v) is not None


FORMATS = {"date": is_date, "date-time": is_time, "int64": lambda v: True, "uri": lambda v: ":" in v}


class Operation:
    def __init__(self, contract, method, path, shared, node):
        self.contract, self.method, self.path, self.node = contract, method.upper(), path, node
        self.name = f"{self.method} {path}"
        self.permission = node["x-permission"]
        self.idempotent = bool(node.get("x-idempotent"))
        self.parameters = [contract.resolve(p) for p in shared + node.get("parameters", [])]
        self.body = node.get("requestBody", {}).get("content", {})
        self.responses = node["responses"]

    def json_body(self):
        return self.body.get("application/json")

    def schema(self):
        return self.contract.resolve(self.json_body()["schema"])


class Contract:
    def __init__(self, path):
        with open(path, encoding="utf-8") as f:
            self.doc = yaml.safe_load(f)
        self.common = self.doc["x-common-responses"]
        self.operations = [Operation(self, m, path, node.get("parameters", []), node[m])
                           for path, node in self.doc["paths"].items() for m in METHODS if m in node]

    def resolve(self, node):
        while "$ref" in node:
            at = self.doc
            for part in node["$ref"].removeprefix("#/").split("/"):
                at = at[part]
            node = at
        return node

    def operation(self, method, path):
        return next(o for o in self.operations if o.method == method and o.path == path)

    def check_value(self, schema, v, where="$"):
        """What is wrong with a value, as sentences."""
        schema = self.resolve(schema)
        unknown = {k for k in schema if k not in KNOWN and not k.startswith("x-")}
        if unknown:
            return [f"{where}: contract.py does not know {unknown}"]
        types = schema.get("type", [])
        types = [types] if isinstance(types, str) else types
        if types and not any(TYPES[t](v) for t in types):
            return [f"{where}: {json.dumps(v, ensure_ascii=False)[:60]} is no {'/'.join(types)}"]
        if "enum" in schema and v not in schema["enum"]:
            return [f"{where}: {v!r} is none of {schema['enum']}"]
        if isinstance(v, dict):
            return self.check_object(schema, v, where)
        if isinstance(v, list):
            return [s for i, item in enumerate(v) for s in self.check_value(schema.get("items", {}), item, f"{where}[{i}]")]
        return self.check_scalar(schema, v, where)

    def check_object(self, schema, v, where):
        properties = schema.get("properties", {})
        more = schema.get("additionalProperties", not properties)
        out = [f"{where}: {k} is missing" for k in schema.get("required", []) if k not in v]
        for k, item in v.items():
            if k in properties:
                out += self.check_value(properties[k], item, f"{where}.{k}")
            elif isinstance(more, dict):
                out += self.check_value(more, item, f"{where}.{k}")
            elif not more:
                out.append(f"{where}: {k} is not documented")
        return out

    def check_scalar(self, schema, v, where):
        out = []
        if isinstance(v, str):
            if "pattern" in schema and not re.search(schema["pattern"], v):
                out.append(f"{where}: {v!r} does not match {schema['pattern']}")
            if not schema.get("minLength", 0) <= len(v) <= schema.get("maxLength", 1 << 30):
                out.append(f"{where}: length {len(v)}")
            if "format" in schema and not FORMATS[schema["format"]](v):
                out.append(f"{where}: {v!r} is no {schema['format']}")
        elif isinstance(v, (int, float)) and not isinstance(v, bool):
            if not schema.get("minimum", v) <= v <= schema.get("maximum", v):
                out.append(f"{where}: {v} is outside its range")
        return out

    def check_answer(self, o, status, headers, body):
        """What is wrong with an answer to an operation, as sentences."""
        node = o.responses.get(str(status)) or self.common.get(str(status))
        if node is None:
            return [f"status {status} is not documented: {body[:200]!r}"]
        content = self.resolve(node).get("content", {})
        media = (headers.get("Content-Type") or "").split(";")[0]
        if not content:
            return [f"status {status} has a body: {body[:100]!r}"] if body else []
        if media not in content:
            return [f"status {status}: {media!r} is not documented ({', '.join(content)}): {body[:200]!r}"]
        schema = content[media].get("schema")
        if not schema or not media.endswith("json"):
            return []
        try:
            v = json.loads(body)
        except ValueError as e:
            return [f"status {status}: {e}: {body[:100]!r}"]
        out = [f"status {status} {s}" for s in self.check_value(schema, v)]
        if media == "application/problem+json" and isinstance(v, dict) and v.get("status") != status:
            out.append(f"status {status}: the problem says {v.get('status')}")
        return out


def load():
    return Contract(os.path.join(os.environ["CANBAO_ROOT"], "openapi.yaml"))
