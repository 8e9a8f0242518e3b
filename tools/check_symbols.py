#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Purity proved by the linker: what the archives of base, rules and store leave undefined.

    check_symbols.py NM BASE.a RULES.a STORE.a

rules may need base, libyaml's memory parser and a short list of libc names that touch nothing outside
memory; base only memory, text formatting, and the log's standard error; store nothing of rules.
"""
import re
import subprocess
import sys

import shape

# What compilers and sanitizers put in.
MACHINERY = re.compile(r'^(__stack_chk_fail|__(asan|ubsan|tsan|sanitizer|gcov|llvm|memcpy_chk|memset_chk)\w*'
                       r'|__\w+_chk|_GLOBAL_OFFSET_TABLE_|__tls_get_addr|__llvm_\w+|__start_\w+|__stop_\w+'
                       r'|__isoc99_\w+|__mulodi4|__muloti4)$')
MEMORY = re.compile(r'^(mem(cpy|move|set|cmp|chr|mem|rchr)|str(len|cmp|ncmp|chr|rchr|str|nlen)|bcmp|qsort|bsearch)$')
FORMAT = re.compile(r'^v?snprintf$')
YAML = re.compile(r'^yaml_(parser_(initialize|delete|set_input_string|set_encoding|parse)|event_delete)$')
BASE = re.compile(r'^(malloc|calloc|realloc|free|abort|fprintf|vfprintf|fputs|fwrite|stderr)$')
# base's own doors to the outside, closed to rules: a ruling does not log.
CLOSED = {'log_line', 'log_threshold'}


def symbols(nm, archive):
    """(undefined by member, defined) names of an archive."""
    out = subprocess.run([nm, '-A', '-P', archive], check=True, capture_output=True, text=True).stdout
    undefined, defined = {}, set()
    for line in out.splitlines():
        m = re.match(r'.*\[(.*?)\]: (\S+) (\S)', line) or re.match(r'.*?([^/:]+\.o): (\S+) (\S)', line)
        if not m:
            continue
        member, name, kind = m.groups()
        if kind in 'Uwv':
            undefined.setdefault(name, set()).add(member)
        else:
            defined.add(name)
    return undefined, defined


def check(nm, base, rules, store):
    out = []
    base_needs, base_has = symbols(nm, base)
    rules_needs, rules_has = symbols(nm, rules)
    store_needs, store_has = symbols(nm, store) if store else ({}, set())
    if not base_has or not rules_has:
        return ['an archive without symbols: the check would prove nothing']
    for name in sorted(set(base_needs) - base_has):
        if not any(r.match(name) for r in (MACHINERY, MEMORY, FORMAT, BASE)):
            out.append(f'base needs {name} ({", ".join(sorted(base_needs[name]))})')
    for name in sorted(set(rules_needs) - rules_has):
        pure = name in base_has - CLOSED or any(r.match(name) for r in (MACHINERY, MEMORY, FORMAT, YAML))
        if not pure:
            out.append(f'rules needs {name} ({", ".join(sorted(rules_needs[name]))})')
    for name in sorted((set(store_needs) - store_has) & rules_has):
        out.append(f'store calls {name} of rules ({", ".join(sorted(store_needs[name]))})')
    return out


if __name__ == '__main__':
    shape.tell(check(*sys.argv[1:5]), 'symbols')
