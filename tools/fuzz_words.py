#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The words of some files as a libFuzzer dictionary: keys and values a blind fuzzer would never find.

    fuzz_words.py FILE… > words.dict
"""
import re
import sys

words = set()
for path in sys.argv[1:]:
    with open(path, encoding='utf-8', errors='replace') as f:
        words.update(w for w in re.findall(r'[\w\u4e00-\u9fff().〔〕%-]{2,40}', f.read()))
for word in sorted(words)[:3000]:
    print('"' + ''.join(f'\\x{b:02x}' for b in word.encode()) + '"')
