#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Embed pages into the program: one table in C, one file of bytes beside it (.incbin).

    embed_web.py --depfile DEP OUT.c OUT.bin WHERE=SOURCE...

WHERE is a path of the site.  SOURCE is a file, or a built folder (WHERE ends in /): its index.html and
everything below it.  A folder that is not there yet gives a plain page saying so.  Text is compressed with
gzip and, where libbrotli is found, brotli; a form that is not smaller is left out.  Names with a hash under
assets/ may be kept for ever.
"""
import ctypes
import ctypes.util
import gzip
import hashlib
import html
import os
import re
import sys

TYPES = {
    '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8',
    '.json': 'application/json', '.svg': 'image/svg+xml', '.png': 'image/png', '.jpg': 'image/jpeg',
    '.ico': 'image/x-icon', '.webp': 'image/webp', '.woff2': 'font/woff2', '.txt': 'text/plain; charset=utf-8',
    '.yaml': 'application/yaml; charset=utf-8', '.webmanifest': 'application/manifest+json',
}
SQUEEZED = ('.html', '.js', '.css', '.json', '.svg', '.txt', '.yaml', '.webmanifest', '.ico')
HASHED = re.compile(r'/assets/[^/]*[-.][0-9A-Za-z_-]{8,}\.\w+$')
MISSING = """<!doctype html><html lang="zh"><meta charset="utf-8"><title>canbao 参保</title>
<h1>页面没有编译进来</h1><p>{where} 的页面要用 Node 编译后再编译本程序；接口照常可用，说明见 <a href="/openapi.yaml">openapi.yaml</a>。</p>
<p lang="en">The pages of {where} were not built into this program. The interface works: see
<a href="/openapi.yaml">openapi.yaml</a>.</p></html>
"""


def brotli_library():
    name = ctypes.util.find_library('brotlienc')
    if not name:
        return None
    lib = ctypes.CDLL(name)
    lib.BrotliEncoderMaxCompressedSize.restype = ctypes.c_size_t
    lib.BrotliEncoderMaxCompressedSize.argtypes = [ctypes.c_size_t]
    lib.BrotliEncoderCompress.argtypes = [
        ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_size_t, ctypes.c_char_p,
        ctypes.POINTER(ctypes.c_size_t), ctypes.c_char_p]
    return lib


def brotli(lib, data):
    if not lib or not data:
        return b''
    size = ctypes.c_size_t(lib.BrotliEncoderMaxCompressedSize(len(data)) or len(data) + 1024)
    out = ctypes.create_string_buffer(size.value)
    if not lib.BrotliEncoderCompress(11, 22, 0, len(data), data, ctypes.byref(size), out):
        return b''
    return out.raw[:size.value]


def collect(where, source):
    """(site path, bytes, source file or None)"""
    if not where.endswith('/'):
        with open(source, 'rb') as f:
            return [(where, f.read(), source)]
    if not os.path.exists(os.path.join(source, 'index.html')):
        return [(where + 'index.html', MISSING.format(where=html.escape(where)).encode(), None)]
    found = []
    for folder, folders, names in os.walk(source):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(folder, name)
            ending = os.path.splitext(name)[1]
            if ending not in TYPES:
                if ending != '.map':
                    print(f'embed_web: {name} has no known type and is left out', file=sys.stderr)
                continue
            with open(path, 'rb') as f:
                found.append((where + os.path.relpath(path, source).replace(os.sep, '/'), f.read(), path))
    return found


def c_text(s):
    return '"' + s.replace('\\', '\\\\').replace('"', '\\"') + '"'


def main(argv):
    depfile, out_c, out_bin = argv[1], argv[2], argv[3]
    lib, blob, rows, seen = brotli_library(), bytearray(), [], []
    pages = {}
    for pair in argv[4:]:
        where, source = pair.split('=', 1)
        for path, data, file in collect(where, source):
            pages[path] = data
            seen += [file] if file else []
        # A page that is built later must be noticed: its folder's parent is watched.
        if where.endswith('/'):
            parent = source if os.path.isdir(source) else os.path.dirname(source)
            seen += [parent] if os.path.isdir(parent) else []

    def put(data):
        at = len(blob)
        blob.extend(data)
        return f'{{ page_bytes + {at}, {len(data)} }}' if data else '{ 0, 0 }'
    for path in sorted(pages, key=lambda p: p.encode()):
        data, ending = pages[path], os.path.splitext(path)[1]
        squeezed = gzip.compress(data, 9, mtime=0) if ending in SQUEEZED else b''
        better = brotli(lib, data) if ending in SQUEEZED else b''
        squeezed = squeezed if len(squeezed) < len(data) else b''
        better = better if len(better) < (len(squeezed) or len(data)) else b''
        tag = hashlib.sha256(data).hexdigest()[:20]
        rows.append(f'\t{{ {c_text(path)}, {c_text(TYPES[ending])}, "\\"{tag}\\"", '
                    f'{"true" if HASHED.search(path) else "false"}, '
                    f'{"true" if path.startswith("/console/") else "false"},\n\t\t{put(data)}, {put(squeezed)},\n'
                    f'\t\t{put(better)} }},\n')
    with open(out_bin, 'wb') as f:
        f.write(blob)
    with open(out_c, 'w', encoding='utf-8') as f:
        f.write('/* Made by tools/embed_web.py; do not edit. */\n#include "doors/http/pages.h"\n\n'
                '__asm__(".section .rodata\\n.balign 16\\npage_bytes:\\n"\n'
                f'\t".incbin \\"{os.path.abspath(out_bin)}\\"\\n.byte 0\\n.previous\\n");\n'
                'extern const unsigned char page_bytes[];\n\n'
                'const struct page_file page_files[] = {\n' + ''.join(rows) + '};\n'
                'const size_t page_count = sizeof(page_files) / sizeof(page_files[0]);\n')
    with open(depfile, 'w', encoding='utf-8') as f:
        f.write(out_c + ': ' + ' '.join(s.replace(' ', '\\ ') for s in seen) + '\n')


if __name__ == '__main__':
    if sys.argv[1] == '--depfile':
        del sys.argv[1]
    main(sys.argv)
