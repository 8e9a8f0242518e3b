#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Size and style, with a ratchet.

    check_style.py ROOT            check; exit 1 with findings
    check_style.py ROOT --record   write what is over a limit now into tools/style_exceptions.txt

tools/style_exceptions.txt lists what stands above a limit, one "rule place number" a line.  A number may
only fall: more is a finding, and so is less, until the list says the smaller number.
"""
import os
import re
import statistics
import sys
import unicodedata

import shape

EXCEPTIONS = 'tools/style_exceptions.txt'
FUNCTION_LINES, FILE_LINES, COLUMNS = 80, 600, 100
SPDX = 'SPDX-License-Identifier: Apache-2.0'
BANNED = re.compile(r'\b(strcpy|strcat|sprintf|vsprintf|strtok|strncpy|atoi|atol|atof|gets|localtime|gmtime|'
                    r'asctime|ctime|alloca|tmpnam|mktemp)\s*\(')
TYPEDEF = re.compile(r'\btypedef\s+(struct|union|enum)\b')
UNFINISHED = re.compile(r'\b(TO' r'DO|FIX' r'ME|HA' r'CK)\b')
MACHINE = re.compile(r'(?<![\w.$}])/(?:work/(?:main|shared|brief|\.)|home/\w|root/\w|tmp/(?!\w*[\w.-]*XXXXXX)\w)')
TEXT = ('.c', '.h', '.py', '.sql', '.md', '.yaml', '.yml', '.csv', '.tsv', '.txt', '.build', '.json', '.sh',
        '.html', '.css', '.svg')


def width(line):
    col = 0
    for ch in line:
        if ch == '\t':
            col += 8 - col % 8
        elif not unicodedata.combining(ch):
            col += 2 if unicodedata.east_asian_width(ch) in 'WF' else 1
    return col


def too_long(line):
    """Over the limit, and not because of a string that cannot be broken."""
    if width(line) <= COLUMNS:
        return False
    strings = [m.group() for m in re.finditer(r'"(?:\\.|[^"\\])*"', line)]
    return not any(width(s) > COLUMNS // 4 for s in strings)


def functions(text):
    """(name, first line, lines) of every function: in this style its braces stand in column 0."""
    lines = shape.bare(text).split('\n')
    start = None
    for i, line in enumerate(lines):
        if line == '{':
            start = i
        elif line.startswith('}') and start is not None:
            head, k = '', start - 1
            while k >= 0 and lines[k].strip() and not lines[k].startswith(('}', '#')) \
                    and not lines[k].rstrip().endswith(';'):
                head = lines[k] + ' ' + head
                k -= 1
            name = re.search(r'(\w+)\s*\(', head)
            yield (name.group(1) if name else '?'), k + 2, i - k
            start = None


def check_c(path, text, add, measure):
    lines = text.split('\n')
    if lines[0] != f'/* {SPDX} */':
        add(f'{path}:1: the first line must be /* {SPDX} */')
    code = shape.bare(text).split('\n')
    for i, line in enumerate(code, 1):
        m = BANNED.search(line)
        if m:
            add(f'{path}:{i}: {m.group(1)}() is banned')
        if TYPEDEF.search(line):
            add(f'{path}:{i}: types are spelt out, not typedef\'d')
    for i, line in enumerate(lines, 1):
        if line.startswith('        '):
            add(f'{path}:{i}: indent with tabs')
        if re.match(r'\t* +\t', line):
            add(f'{path}:{i}: space before a tab')
        if line != line.rstrip():
            add(f'{path}:{i}: space at the end of the line')
    long_lines = [i for i, line in enumerate(lines, 1) if too_long(line)]
    if long_lines:
        measure('long-lines', path, len(long_lines), 0, f'lines over {COLUMNS} columns (first: {long_lines[0]})')
    if text.count('\n') > FILE_LINES:
        measure('file-lines', path, text.count('\n'), FILE_LINES, 'lines')
    for name, _, n in functions(text):
        if n > FUNCTION_LINES:
            measure('function-lines', f'{path}:{name}', n, FUNCTION_LINES, 'lines')


def check_any(path, text, add):
    for i, line in enumerate(text.split('\n'), 1):
        if MACHINE.search(line):
            add(f'{path}:{i}: names a path of one machine')
        if UNFINISHED.search(line):
            add(f'{path}:{i}: unfinished work belongs into an issue')
    if path.endswith('.py') and SPDX not in '\n'.join(text.split('\n')[:3]):
        add(f'{path}:1: the first lines must hold # {SPDX}')


def read_exceptions(root):
    known = {}
    if os.path.exists(os.path.join(root, EXCEPTIONS)):
        for line in shape.read(root, EXCEPTIONS).splitlines():
            if line.strip() and not line.startswith('#'):
                rule, place, n = line.split()
                known[rule, place] = int(n)
    return known


def check(root, record=False):
    out, over, lengths = [], {}, []

    def measure(rule, place, n, limit, what):
        over[rule, place] = (n, f'{place}: {n} {what}' + (f', limit {limit}' if limit else ''))
    for path in shape.files(root):
        if not (path.endswith(TEXT) or path.startswith('script/')):
            continue
        text = shape.read(root, path)
        if path != 'tools/check_style.py' and not path.startswith('tests/shape/'):
            check_any(path, text, out.append)
        if path.endswith(('.c', '.h')):
            check_c(path, text, out.append, measure)
            lengths += [n for _, _, n in functions(text)] if path.startswith('src/') else []
    if record:
        with open(os.path.join(root, EXCEPTIONS), 'w', encoding='utf-8') as f:
            f.write('# rule place number: what stands above a limit.  Numbers only fall (tools/check_style.py).\n')
            f.writelines(f'{r} {p} {n}\n' for (r, p), (n, _) in sorted(over.items()))
        return out
    known = read_exceptions(root)
    for key, (n, says) in sorted(over.items()):
        if key not in known:
            out.append(says)
        elif n > known[key]:
            out.append(f'{says}; it was {known[key]}: this may only fall')
        elif n < known[key]:
            out.append(f'{says}; lower its line in {EXCEPTIONS} from {known[key]}')
    for key in sorted(set(known) - set(over)):
        out.append(f'{key[1]}: no longer above the limit; take "{key[0]}" out of {EXCEPTIONS}')
    if len(lengths) > 1:
        deciles = statistics.quantiles(lengths, n=10)
        print(f'{len(lengths)} functions in src: median {statistics.median(lengths):.0f} lines, '
              f'p90 {deciles[8]:.0f}, longest {max(lengths)}')
    return out


if __name__ == '__main__':
    shape.tell(check(sys.argv[1], '--record' in sys.argv), 'style')
