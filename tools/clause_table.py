#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The provisions of the notices (docs/clauses.tsv) and the tests that cite them.

    clause_table.py ROOT                 write docs/clauses-coverage.md
    clause_table.py ROOT --check         fail when that file is out of date
    clause_table.py ROOT --strict KINDS  fail when a clause of one of KINDS (rule,data) has no test

A test cites a provision by its id (LB-18), or several in a row (LB-05..11), in a comment or a case's
name, anywhere under tests/.
"""
import os
import re
import sys

import shape

TABLE = 'docs/clauses.tsv'
REPORT = 'docs/clauses-coverage.md'
CITE = re.compile(r'\b(LB|SQ|SN)-(\d\d)(?:(?:\.\.|…)(\d\d))?(?!\d)')
TESTS = ('.c', '.h', '.py', '.mjs', '.sh', '.yaml', '.json', '.jsonl', '.csv')
# Tests about the table itself cite ids as examples, not as provisions they hold.
NOT_TESTS = ('tests/shape/',)


def clauses(root):
    rows = [line.split('\t') for line in shape.read(root, TABLE).splitlines()[1:] if line.strip()]
    return [(r[0], r[1], r[2]) for r in rows]


def citations(root):
    found = {}
    for path in shape.files(root, *TESTS):
        if not path.startswith('tests/') or path.startswith(NOT_TESTS):
            continue
        for m in CITE.finditer(shape.read(root, path)):
            first, last = int(m.group(2)), int(m.group(3) or m.group(2))
            for n in range(first, last + 1):
                found.setdefault(f'{m.group(1)}-{n:02}', set()).add(path[len('tests/'):])
    return found


def table(root):
    rows, found = clauses(root), citations(root)
    kinds = sorted({k for _, _, k in rows})
    out = ['# Provisions and the tests that cite them', '',
           'Written by `tools/clause_table.py`; do not edit. What each provision asks is in `clauses.tsv`.', '',
           '| kind | provisions | with a test |', '| --- | --- | --- |']
    for kind in kinds:
        mine = [i for i, _, k in rows if k == kind]
        out.append(f'| {kind} | {len(mine)} | {sum(i in found for i in mine)} |')
    out += ['', '| id | clause | kind | tests |', '| --- | --- | --- | --- |']
    for ident, clause, kind in rows:
        tests = ', '.join(f'`{p}`' for p in sorted(found.get(ident, ())))
        out.append(f'| {ident} | {clause} | {kind} | {tests or "—"} |')
    return '\n'.join(out) + '\n'


def check(root, kinds=(), fresh=True):
    out = []
    rows, found = clauses(root), citations(root)
    known = {i for i, _, _ in rows}
    for ident in sorted(set(found) - known):
        out.append(f'{", ".join(sorted(found[ident]))}: cites {ident}, which {TABLE} does not have')
    for ident, clause, kind in rows:
        if kind in kinds and ident not in found:
            out.append(f'{ident} ({clause}, {kind}): no test cites it')
    if fresh:
        have = shape.read(root, REPORT) if os.path.exists(os.path.join(root, REPORT)) else ''
        if have != table(root):
            out.append(f'{REPORT} is out of date: run tools/clause_table.py .')
    return out


if __name__ == '__main__':
    args = sys.argv[2:]
    if '--check' in args or '--strict' in args:
        wanted = args[args.index('--strict') + 1].split(',') if '--strict' in args else ()
        shape.tell(check(sys.argv[1], wanted, '--check' in args), 'clauses')
    with open(os.path.join(sys.argv[1], REPORT), 'w', encoding='utf-8') as f:
        f.write(table(sys.argv[1]))
