#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Which room may include which: doors -> acts -> {rules, store} -> base, never back or sideways.

    check_includes.py ROOT
"""
import os
import re
import sys

import shape

# room: rooms whose headers it may include.  store -> rules is for struct definitions; that nothing of
# rules is called from there is proved on the archives by check_symbols.py.
MAY = {
    'base': {'base'},
    'rules': {'rules', 'base'},
    'store': {'store', 'rules', 'base'},
    'acts': {'acts', 'rules', 'store', 'base'},
    'door': {'acts', 'rules', 'store', 'base'},
    'main': {'doors', 'acts', 'rules', 'store', 'base'},
}
# Headers of the system that would bring the outside world into a pure room.
PURE = {'rules': {'string.h', 'stddef.h', 'stdint.h', 'stdbool.h', 'stdarg.h', 'limits.h', 'inttypes.h',
                  'stdalign.h', 'yaml.h'}}
INCLUDE = re.compile(r'^\s*#\s*include\s+(["<])([^">]+)[">]', re.M)


def room(path):
    parts = path.split('/')
    if len(parts) == 2:
        return 'main', ''
    if parts[1] == 'doors':
        return 'door', parts[2]
    return parts[1], ''


def check(root):
    out = []
    for path in shape.files(root, '.c', '.h'):
        if not path.startswith('src/'):
            continue
        here, door = room(path)
        text = shape.read(root, path)
        for m in INCLUDE.finditer(text):
            line = text.count('\n', 0, m.start(2)) + 1
            where = f'{path}:{line}: '
            if m.group(1) == '<':
                if here in PURE and m.group(2) not in PURE[here]:
                    out.append(where + f'{here}/ is pure and may not include <{m.group(2)}>')
                continue
            there = m.group(2).split('/')
            if here not in MAY:
                out.append(where + f'{here}/ is no room')
            elif len(there) < 2:
                out.append(where + f'write the room: "{m.group(2)}"')
            elif there[0] == 'doors' and here == 'door':
                if there[1] != door:
                    out.append(where + f'door {door} may not include door {there[1]}')
            elif there[0] not in MAY[here]:
                out.append(where + f'{here}/ may not include {there[0]}/')
            elif there[0] in ('rules', 'base', 'acts', 'doors') and \
                    not os.path.exists(os.path.join(root, 'src', m.group(2))):
                out.append(where + f'no such header: {m.group(2)}')
    return out


if __name__ == '__main__':
    shape.tell(check(sys.argv[1]), 'includes')
