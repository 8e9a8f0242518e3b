#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Tests that nobody runs and tests that cannot fail.

    check_tests.py ROOT

Every tests/*/test_* file is named in its folder's meson.build; every cmocka case of a file is in its
table of tests; no case is without an assertion.
"""
import re
import sys

import shape

ASSERT = re.compile(r'\b(assert_\w+|fail|fail_\w+|fail_row|check\w*|expect_\w+|skip|\w*_?must\w*|BUG_IF)\s*\(')


def cases(text):
    """(name, body) of every static void f(void **state)."""
    for m in re.finditer(r'^static void (\w+)\(void \*\*\w+\)\n\{\n(.*?)^\}', text, re.M | re.S):
        yield m.group(1), m.group(2)


def check(root):
    out = []
    for path in shape.files(root):
        m = re.fullmatch(r'tests/(\w+)/test_(\w+)\.(c|py|sh)', path)
        if not m:
            continue
        build = shape.read(root, f'tests/{m.group(1)}/meson.build')
        if f'test_{m.group(2)}.{m.group(3)}' not in build and f"'{m.group(2)}'" not in build:
            out.append(f'{path}: not registered in tests/{m.group(1)}/meson.build')
        if m.group(3) != 'c':
            continue
        text = shape.bare(shape.read(root, path))
        shared = '\n'.join(shape.bare(shape.read(root, p)) for p in shape.files(root, '.h')
                           if p.startswith(f'tests/{m.group(1)}/'))
        helpers = set(re.findall(r'^(?:static )?(?!return|else)\w[\w ]*?[ *](\w+)\(', text + '\n' + shared, re.M))
        helpers |= set(re.findall(r'^#define (\w+)\(', text + '\n' + shared, re.M))
        for name, body in cases(text):
            if len(re.findall(r'\b' + name + r'\b', text)) < 2:
                out.append(f'{path}: {name} is in no table of tests')
            calls = set(re.findall(r'\b(\w+)\s*\(', body))
            if not ASSERT.search(body) and not calls & helpers:
                out.append(f'{path}: {name} asserts nothing')
    return out


if __name__ == '__main__':
    shape.tell(check(sys.argv[1]), 'tests')
