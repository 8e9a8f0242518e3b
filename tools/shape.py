# SPDX-License-Identifier: Apache-2.0
"""What the shape checks share: the files of the tree, C without comments, and how findings are told."""
import os
import re
import subprocess
import sys


def files(root, *suffixes):
    """Paths of the tree (tracked or new, not ignored), relative to root and sorted."""
    try:
        out = subprocess.run(['git', '-C', root, 'ls-files', '-co', '--exclude-standard', '-z'],
                             check=True, capture_output=True).stdout.decode()
        paths = [p for p in out.split('\0') if p and os.path.isfile(os.path.join(root, p))]
    except (OSError, subprocess.CalledProcessError):
        paths = []
        for folder, dirs, names in os.walk(root):
            dirs[:] = [d for d in dirs if not d.startswith(('.', 'build'))]
            paths += [os.path.relpath(os.path.join(folder, n), root) for n in names]
    return sorted(p for p in set(paths) if not suffixes or p.endswith(suffixes))


def read(root, path):
    with open(os.path.join(root, path), encoding='utf-8', errors='replace') as f:
        return f.read()


TOKENS = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)


def bare(text):
    """C without comments and with empty strings; lines keep their numbers."""
    def blank(m):
        lines = '\n' * m.group().count('\n')
        return lines if m.group().startswith('/') else '""' + lines
    return TOKENS.sub(blank, text)


def tell(findings, what):
    for f in findings:
        print(f)
    print(f'{what}: ' + (f'{len(findings)} findings' if findings else 'clean'))
    sys.exit(1 if findings else 0)
