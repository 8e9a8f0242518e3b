#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""docs/index.md maps each Chinese term to its files: nothing may be missing, nothing may be gone.

    check_index.py ROOT

Every src/acts/*.c, src/rules/*.c and every verb (src/doors/cli/cmd_*.c) must be named on a line of the
index that holds a Chinese term: by path ("rules/refund.c"), by pattern ("rules/pack_*.c"), or, for a verb,
as "canbao VERB".  A path or pattern in backquotes that matches nothing is a finding too.
"""
import fnmatch
import os
import re
import sys

import shape

INDEX = 'docs/index.md'
CHINESE = re.compile(r'[\u4e00-\u9fff]')
PATH = re.compile(r'`((?:src/)?(?:base|rules|store|acts|doors)/[\w./*?\[\]-]+)`')


def check(root):
    if not os.path.exists(os.path.join(root, INDEX)):
        return [f'{INDEX} is missing']
    lines = [(i, line) for i, line in enumerate(shape.read(root, INDEX).split('\n'), 1)]
    sources = [p[len('src/'):] for p in shape.files(root) if p.startswith('src/')]
    named, out = [], []
    for i, line in lines:
        for m in PATH.finditer(line):
            pattern = m.group(1).removeprefix('src/')
            if not any(fnmatch.fnmatch(p, pattern) or p.startswith(pattern.rstrip('/') + '/') for p in sources):
                out.append(f'{INDEX}:{i}: {m.group(1)} matches no file')
            if CHINESE.search(line):
                named.append(pattern)
    terms = '\n'.join(line for _, line in lines if CHINESE.search(line))
    for path in sources:
        verb = re.fullmatch(r'doors/cli/cmd_(\w+)\.c', path)
        wanted = verb or (re.fullmatch(r'(acts|rules)/\w+\.c', path))
        if not wanted or any(fnmatch.fnmatch(path, n) for n in named):
            continue
        if verb and re.search(r'canbao ' + verb.group(1).replace('_', '[ _-]') + r'\b', terms):
            continue
        out.append(f'src/{path}: {INDEX} has no line for it')
    return out


if __name__ == '__main__':
    shape.tell(check(sys.argv[1]), 'index')
