#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Embed the store's SQL: named entries and numbered migrations become sql.h and sql.c.

    embed_sql.py [--all] OUTDIR FILE.sql...

With --all every .sql file beside a listed one must be listed too.
A file NNNN-name.sql is a migration; every other file holds named entries:

    -- name: bill_load
    -- What it is for (kept as the comment of SQL_BILL_LOAD).
    SELECT state FROM bill WHERE county = ?1 AND number = ?2;

    -- name: bill_load engine: pg
    -- reason: why PostgreSQL needs another text
    SELECT ...;

    -- name: bill_page
    -- turned: bill_page_last
    -- A second entry, bill_page_last, is the same statement with every ORDER BY of a page the other way.
    SELECT number FROM bill WHERE county = ?1 AND number > ?2 AND number < ?3 ORDER BY number LIMIT ?4;

    -- bulk: bill_add
    -- An INSERT of one row; PostgreSQL also gets COPY bill (county, number) FROM STDIN (FORMAT binary).
    INSERT INTO bill (county, number) VALUES (?1, ?2);

One SQL is written for both engines: parameters are ?1, ?2 ... (PostgreSQL: $1), types are BIGINT, TEXT and
BYTEA (SQLite: BLOB), a TEXT column sorts by its bytes on both (PostgreSQL: COLLATE "C").
`/*sqlite WITHOUT ROWID*/` and `/*pg ...*/` are SQL for one engine and nothing for the other.  In a
migration the line `-- only: pg` or `-- only: sqlite` before a statement gives it to that engine alone.
"""
import os
import re
import sys

ENTRY = re.compile(r"^--\s*(name|bulk):\s*([a-z][a-z0-9_]*)(?:\s+engine:\s*(pg|sqlite))?\s*$")
ENTRY_LIKE = re.compile(r"^\s*--\s*(name|bulk)\b\s*:?", re.I)
REASON = re.compile(r"^--\s*reason:\s*(\S.*)$")
TURNED = re.compile(r"^--\s*turned:\s*([a-z][a-z0-9_]*)\s*$")
PAGE_ORDER = re.compile(r"ORDER BY (\w+(?:\.\w+)?)( DESC)?(?=\s+LIMIT)")
ONLY = re.compile(r"--\s*only:\s*(\S*)\s*$")
MIGRATION = re.compile(r"^(\d{4})-([a-z0-9-]+)\.sql$")
MARK = re.compile(r"/\*(pg|sqlite)\s+(.*?)\s*\*/$", re.S)
TOKEN = re.compile(
    r"(?P<comment>--[^\n]*|/\*.*?\*/)"
    r"|(?P<string>'(?:[^']|'')*'|\$(?P<tag>\w*)\$.*?\$(?P=tag)\$|\"(?:[^\"]|\"\")*\")"
    r"|(?P<param>\?\d*)"
    r"|(?P<word>[A-Za-z_][A-Za-z_0-9]*)"
    r"|(?P<semi>;)"
    r"|(?P<space>\s+)"
    r"|(?P<other>.)", re.S)
TYPES = {"INT", "INTEGER", "SMALLINT", "SERIAL", "BIGSERIAL", "NUMERIC", "DECIMAL", "REAL", "FLOAT",
         "DOUBLE", "VARCHAR", "CHAR", "DATE", "TIMESTAMP", "TIMESTAMPTZ", "BOOLEAN", "BOOL",
         "JSON", "JSONB", "UUID", "AUTOINCREMENT"}
PARAMS_MAX = 64


class Bad(Exception):
    def __init__(self, file, line, text):
        super().__init__(f"{file}:{line}: {text}")


class Statement:
    """One statement as tokens (kind, text, line), comments kept for the marks they may carry."""

    def __init__(self, tokens, only=None):
        self.tokens = tokens
        self.only = only

    def line(self):
        for kind, _, line in self.tokens:
            if kind not in ("space", "comment"):
                return line
        return self.tokens[0][2]

    def empty(self):
        return all(kind in ("space", "comment", "semi") for kind, _, _ in self.tokens)


def tokenize(file, text, first_line):
    line = first_line
    for m in TOKEN.finditer(text):
        kind = m.lastgroup if m.lastgroup != "tag" else "string"
        tok = m.group(0)
        if kind == "other" and tok in "'\"":
            raise Bad(file, line, "a quote that is never closed")
        if tok == "?" and kind == "param":
            raise Bad(file, line, "number the parameters: ?1, ?2 …")
        yield kind, tok, line
        line += tok.count("\n")


def split(file, text, first_line):
    """Statements of `text`; a trigger's body (BEGIN … END) stays in one piece."""
    tokens, depth, trigger, out, only = [], 0, False, [], None
    words = []
    for kind, tok, line in tokenize(file, text, first_line):
        if kind == "comment":
            m = ONLY.match(tok)
            if m:
                if m.group(1) not in ("pg", "sqlite"):
                    raise Bad(file, line, f"only: pg or sqlite, not '{m.group(1)}'")
                if words:
                    raise Bad(file, line, "`-- only:` stands before a statement, not inside it")
                only = m.group(1)
        tokens.append((kind, tok, line))
        if kind == "word":
            words.append(tok.upper())
            if words[:2] == ["CREATE", "TRIGGER"] or words[:3] == ["CREATE", "TEMP", "TRIGGER"]:
                trigger = True
            if trigger and words[-1] in ("BEGIN", "CASE"):
                depth += 1
            if trigger and words[-1] == "END":
                depth -= 1
        if kind == "semi" and depth == 0:
            out.append(Statement(tokens, only))
            tokens, words, trigger, only = [], [], False, None
    rest = Statement(tokens, only)
    if tokens and not rest.empty():
        out.append(rest)
    elif only:
        raise Bad(file, tokens[0][2], "`-- only:` with no statement behind it")
    return [s for s in out if not s.empty()]


def check_types(file, st):
    tokens = [t for t in st.tokens if t[0] not in ("space", "comment")]
    words = [t.upper() for k, t, _ in tokens if k == "word"]
    if not words or words[0] not in ("CREATE", "ALTER") or "TABLE" not in words[:5] or st.only:
        return
    for (before, _, _), (kind, tok, line) in zip(tokens, tokens[1:]):
        if kind == "word" and before in ("word", "string") and tok.upper() in TYPES:
            raise Bad(file, line, f"type {tok}: only BIGINT, TEXT and BYTEA are used here")


def render(st, engine):
    """The statement's text for one engine, comments dropped, white space kept small."""
    ddl = False
    out = []
    words = []
    for kind, tok, line in st.tokens:
        if kind == "comment":
            m = MARK.match(tok)
            out.append(m.group(2) if m and m.group(1) == engine else " ")
        elif kind == "param":
            out.append("$" + tok[1:] if engine == "pg" else tok)
        elif kind == "word":
            up = tok.upper()
            ddl = ddl or (not words and up in ("CREATE", "ALTER"))
            if up in ("BLOB", "BYTEA"):
                tok = "BYTEA" if engine == "pg" else "BLOB"
            if up == "TEXT" and engine == "pg" and ddl and words and words[-1] != "AS":
                tok = 'TEXT COLLATE "C"'
            words.append(up)
            out.append(tok)
        elif kind == "space":
            out.append("\n" if "\n" in tok else " ")
        else:
            out.append(tok)
    return re.sub(r" *\n[ \n]*", "\n", "".join(out)).strip()


def params(file, st):
    seen = sorted({int(t[1:]) for k, t, _ in st.tokens if k == "param"})
    if seen != list(range(1, len(seen) + 1)):
        raise Bad(file, st.line(), f"parameters must be ?1 to ?{len(seen)} without a gap")
    if len(seen) > PARAMS_MAX:
        raise Bad(file, st.line(), f"more than {PARAMS_MAX} parameters")
    return len(seen)


def turn(text):
    """A page's statement in the other order."""
    return PAGE_ORDER.sub(lambda m: f"ORDER BY {m[1]}" + ("" if m[2] else " DESC"), text)


def copy_text(file, line, text):
    """COPY for an INSERT of one row whose values are ?1 … ?n, and its number of columns."""
    m = re.fullmatch(r"INSERT\s+INTO\s+(\w+)\s*\(([\w\s,]+)\)\s*VALUES\s*\(([?\d\s,]+)\)", text, re.I)
    if not m:
        raise Bad(file, line, "a bulk entry is INSERT INTO t (c1, …) VALUES (?1, …) and nothing more")
    columns = [c.strip() for c in m.group(2).split(",")]
    values = [v.strip() for v in m.group(3).split(",")]
    if values != [f"?{i}" for i in range(1, len(columns) + 1)]:
        raise Bad(file, line, "a bulk entry's values must be ?1 … ?n, one a column, in order")
    return f"COPY {m.group(1)} ({', '.join(columns)}) FROM STDIN (FORMAT binary)", len(columns)


class Entry:
    def __init__(self, file, line, kind, name, engine):
        self.file, self.line, self.kind, self.name, self.engine = file, line, kind, name, engine
        self.turned, self.reason, self.comment, self.body, self.body_line = None, None, [], [], line + 1
        self.sqlite = self.pg = self.copy = None
        self.columns = self.params = 0

    def add(self, number, text):
        m = None if self.body else TURNED.match(text)
        if m:
            self.turned = m.group(1)
            self.body_line = number + 1
            return
        m = REASON.match(text)
        if m:
            self.reason = m.group(1)
        elif not self.body and text.startswith("--"):
            self.comment.append(text.lstrip("- ").rstrip())
            self.body_line = number + 1
            return
        if not m:
            self.body.append(text)
        else:
            self.body_line = number + 1

    def finish(self):
        sts = split(self.file, "\n".join(self.body), self.body_line)
        if len(sts) != 1:
            raise Bad(self.file, self.line, f"{self.name}: one statement, not {len(sts)}")
        st = sts[0]
        if st.only:
            raise Bad(self.file, st.line(), "`-- only:` is for migrations; here write `engine: pg`")
        if self.engine and not self.reason:
            raise Bad(self.file, self.line, f"{self.name}: a variant for one engine needs `-- reason:`")
        if self.engine and self.kind == "bulk":
            raise Bad(self.file, self.line, f"{self.name}: a bulk entry has no variant")
        check_types(self.file, st)
        self.params = params(self.file, st)
        self.sqlite = render(st, "sqlite").rstrip(";").strip()
        self.pg = render(st, "pg").rstrip(";").strip()
        if self.turned and (self.engine or self.kind == "bulk" or not PAGE_ORDER.search(self.sqlite)):
            raise Bad(self.file, self.line, f"{self.name}: only a common entry with ORDER BY … LIMIT is turned")
        if self.kind == "bulk":
            self.copy, self.columns = copy_text(self.file, st.line(), self.sqlite)

    def other_way(self):
        e = Entry(self.file, self.line, self.kind, self.turned, None)
        e.comment, e.params = [f"{self.name} in the other order."], self.params
        e.sqlite, e.pg = turn(self.sqlite), turn(self.pg)
        return e


def read_entries(path, file):
    entries, cur = [], None
    with open(path, encoding="utf-8") as f:
        for number, line in enumerate(f.read().split("\n"), 1):
            m = ENTRY.match(line)
            if m:
                cur = Entry(file, number, m.group(1), m.group(2), m.group(3))
                entries.append(cur)
            elif ENTRY_LIKE.match(line):
                raise Bad(file, number, "cannot read this: `-- name: noun_verb` or `-- bulk: noun_verb`, "
                                        "lower case, with `engine: pg|sqlite` behind it or nothing")
            elif cur:
                cur.add(number, line)
            elif line.strip() and not line.startswith("--"):
                raise Bad(file, number, "SQL before the first `-- name:`")
    for e in entries:
        e.finish()
    return entries + [e.other_way() for e in entries if e.turned]


def merge(entries):
    """One entry a name: variants replace one engine's text of their namesake."""
    byname = {}
    for e in entries:
        if e.engine:
            continue
        if e.name in byname:
            first = byname[e.name]
            raise Bad(e.file, e.line, f"{e.name} is already in {first.file}:{first.line}")
        byname[e.name] = e
    seen = set()
    for e in entries:
        if not e.engine:
            continue
        base = byname.get(e.name)
        if not base:
            raise Bad(e.file, e.line, f"{e.name}: a variant of nothing; write the common entry first")
        if (e.name, e.engine) in seen:
            raise Bad(e.file, e.line, f"{e.name}: a second variant for {e.engine}")
        if base.kind == "bulk":
            raise Bad(e.file, e.line, f"{e.name}: a bulk entry has no variant")
        if base.turned:
            raise Bad(e.file, e.line, f"{e.name}: a turned entry has no variant")
        seen.add((e.name, e.engine))
        base.params = max(base.params, e.params)
        setattr(base, e.engine, getattr(e, e.engine))
        base.comment.append(f"({e.engine} differs: {e.reason})")
    return list(byname.values())


def read_migration(path, file):
    number, name = MIGRATION.match(os.path.basename(path)).groups()
    with open(path, encoding="utf-8") as f:
        sts = split(file, f.read(), 1)
    if not sts:
        raise Bad(file, 1, "a migration without a statement")
    texts = {"sqlite": [], "pg": []}
    for st in sts:
        check_types(file, st)
        if params(file, st):
            raise Bad(file, st.line(), "a migration has no parameters")
        for engine, out in texts.items():
            if st.only in (None, engine):
                out.append(render(st, engine))
    return int(number), f"{number}-{name}", "\n".join(texts["sqlite"]), "\n".join(texts["pg"])


def c_string(text, indent):
    if text is None:
        return "NULL"
    lines = text.split("\n")
    quoted = []
    for i, line in enumerate(lines):
        s = line.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("??", "?\\?")
        quoted.append(f'"{s}{"" if i == len(lines) - 1 else chr(92) + "n"}"')
    return ("\n" + indent).join(quoted)


HEAD = "/* SPDX-License-Identifier: Apache-2.0 */\n/* Made by tools/embed_sql.py from the .sql files of the store; do not edit. */\n"


def write_header(path, entries):
    out = [HEAD, "#ifndef CANBAO_STORE_SQL_H\n#define CANBAO_STORE_SQL_H\n\n#include <stddef.h>\n\n",
           "enum sql_id {\n"]
    for e in entries:
        note = " ".join(c for c in e.comment if c).replace("*/", "* /").replace("/*", "/ *")
        if note:
            out.append(f"\t/* {note} */\n")
        out.append(f"\tSQL_{e.name.upper()}, /* {e.file}:{e.line} */\n")
    out.append(f"\tSQL_COUNT\n}};\n\n#define SQL_PARAMS_MAX {PARAMS_MAX}\n\n")
    out.append("struct sql_entry {\n\tconst char *name;\n\tconst char *sqlite, *pg;\n"
               "\tconst char *copy; /* PostgreSQL's COPY of a bulk entry; NULL of any other */\n"
               "\tunsigned params;\n\tunsigned columns; /* of a bulk entry; else 0 */\n};\n"
               "extern const struct sql_entry sql_entries[SQL_COUNT];\n\n"
               "struct sql_migration {\n\tint number;       /* the file's, rising */\n"
               "\tconst char *name; /* \"0001-store\" */\n\tconst char *sqlite, *pg;\n};\n"
               "extern const struct sql_migration sql_migrations[];\n"
               "extern const size_t sql_migration_count;\n\n#endif\n")
    write(path, "".join(out))


def write_source(path, entries, migrations):
    out = [HEAD, '#include "store/sql.h"\n\n', "const struct sql_entry sql_entries[SQL_COUNT] = {\n"]
    for e in entries:
        pg = "NULL" if e.pg is None else c_string(e.pg, "\t\t")
        out.append(f"\t[SQL_{e.name.upper()}] = {{\n\t\t\"{e.name}\",\n\t\t{c_string(e.sqlite, chr(9) * 2)},\n"
                   f"\t\t{pg},\n\t\t{c_string(e.copy, chr(9) * 2)},\n\t\t{e.params}, {e.columns}\n\t}},\n")
    out.append("};\n\nconst struct sql_migration sql_migrations[] = {\n")
    for number, name, sqlite, pg in migrations:
        out.append(f"\t{{\n\t\t{number}, \"{name}\",\n\t\t{c_string(sqlite, chr(9) * 2)},\n"
                   f"\t\t{c_string(pg, chr(9) * 2)}\n\t}},\n")
    out.append(f"}};\nconst size_t sql_migration_count = {len(migrations)};\n")
    write(path, "".join(out))


def write(path, text):
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def check_listed(paths):
    """Every .sql file beside a listed one is listed: a forgotten one would be silence."""
    listed = {os.path.realpath(p) for p in paths}
    for folder in sorted({os.path.dirname(os.path.realpath(p)) for p in paths}):
        for name in sorted(os.listdir(folder)):
            full = os.path.join(folder, name)
            if name.endswith(".sql") and full not in listed:
                raise Bad(name, 1, "is not in the list of src/store/meson.build")


def short(path):
    full = os.path.realpath(path)
    return "/".join(full.split(os.sep)[-(3 if os.path.basename(os.path.dirname(full)) == "migrations" else 2):])


def main(argv):
    everything = argv[1:2] == ["--all"]
    if everything:
        argv = argv[1:]
    if len(argv) < 3:
        print(__doc__, file=sys.stderr)
        return 2
    outdir, paths = argv[1], argv[2:]
    try:
        if everything:
            check_listed(paths)
        entries, migrations = [], []
        for p in paths:
            if MIGRATION.match(os.path.basename(p)):
                migrations.append(read_migration(p, short(p)))
            else:
                entries += read_entries(p, short(p))
        migrations.sort()
        for want, (number, name, _, _) in enumerate(migrations, 1):
            if number != want:
                raise Bad(f"migrations/{name}.sql", 1, f"migrations are numbered without a gap; this should be {want:04d}")
        entries = merge(entries)
    except Bad as bad:
        print(bad, file=sys.stderr)
        return 1
    write_header(os.path.join(outdir, "sql.h"), entries)
    write_source(os.path.join(outdir, "sql.c"), entries, migrations)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
