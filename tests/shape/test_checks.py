#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The checks checked: each finds what is planted for it and is silent without it.

    test_checks.py ROOT CC AR NM
"""
import os
import subprocess
import sys
import tempfile
import unittest

ROOT, CC, AR, NM = sys.argv[1:5]
sys.path.insert(0, os.path.join(ROOT, 'tools'))
sys.dont_write_bytecode = True

import check_includes  # noqa: E402
import check_index  # noqa: E402
import check_style  # noqa: E402
import check_symbols  # noqa: E402
import check_tests  # noqa: E402
import clause_table  # noqa: E402

SPDX = '/* SPDX-License-Identifier: Apache-2.0 */\n'


class Planted(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = self.folder.name
        self.addCleanup(self.folder.cleanup)

    def put(self, path, text):
        full = os.path.join(self.root, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, 'w', encoding='utf-8') as f:
            f.write(text)

    def finds(self, findings, *words):
        self.assertTrue(any(all(w in f for w in words) for f in findings), f'{words} not in {findings}')

    def clean(self, findings):
        self.assertEqual(findings, [])


class Includes(Planted):
    def setUp(self):
        super().setUp()
        for header in ('base/day.h', 'rules/pack.h', 'store/db.h', 'acts/enrol.h', 'doors/cli/cli.h',
                       'doors/http/http.h'):
            self.put('src/' + header, SPDX)
        self.put('src/canbao.c', SPDX + '#include <stdio.h>\n#include "doors/cli/cli.h"\n')
        self.put('src/acts/enrol.c', SPDX + '#include "rules/pack.h"\n#include "store/db.h"\n')
        self.put('src/store/db.c', SPDX + '#include <stdio.h>\n#include "rules/pack.h"\n')
        self.put('src/rules/pack.c', SPDX + '#include <string.h>\n#include "base/day.h"\n')

    def test_the_right_way_round(self):
        self.clean(check_includes.check(self.root))

    def test_back_and_sideways(self):
        planted = (('base/day.c', 'rules/pack.h'), ('rules/a.c', 'store/db.h'), ('rules/b.c', 'acts/enrol.h'),
                   ('store/a.c', 'acts/enrol.h'), ('acts/a.c', 'doors/cli/cli.h'),
                   ('doors/cli/a.c', 'doors/http/http.h'), ('acts/b.c', 'missing.h'),
                   ('acts/c.c', 'rules/gone.h'), ('rules/c.c', 'doors/cli/cli.h'))
        for path, header in planted:
            self.put('src/' + path, SPDX + f'#include "{header}"\n')
        findings = check_includes.check(self.root)
        for path, _ in planted:
            self.finds(findings, 'src/' + path + ':2')
        self.assertEqual(len(findings), len(planted))

    def test_a_pure_room_sees_no_clock(self):
        self.put('src/rules/a.c', SPDX + '#include <time.h>\n#include <stdio.h>\n')
        self.assertEqual(len(check_includes.check(self.root)), 2)


class Symbols(Planted):
    def archive(self, name, text):
        source = os.path.join(self.root, name + '.c')
        self.put(name + '.c', text)
        subprocess.run([CC, '-w', '-c', '-o', source + '.o', source], check=True)
        subprocess.run([AR, 'rcs', os.path.join(self.root, name + '.a'), source + '.o'], check=True)
        return os.path.join(self.root, name + '.a')

    def check(self, rules, base='void *malloc(unsigned long); void log_line(void) {} '
                                'void *arena_alloc(void) { return malloc(1); }',
              store='int store_open(void) { return 0; }'):
        return check_symbols.check(NM, self.archive('base', base), self.archive('rules', rules),
                                   self.archive('store', store))

    def test_pure(self):
        self.clean(self.check('void *arena_alloc(void); unsigned long strlen(const char *);\n'
                              'long rule(const char *s) { return (long)arena_alloc() + (long)strlen(s); }'))

    def test_rules_with_a_clock_a_file_or_a_log(self):
        for name in ('time', 'fopen', 'getenv', 'rand', 'log_line', 'yaml_parser_set_input_file', 'malloc'):
            self.finds(self.check(f'int {name}(); int rule(void) {{ return {name}(); }}'), 'rules needs ' + name)

    def test_base_with_a_file(self):
        self.finds(self.check('int rule(void) { return 0; }', base='int fopen(); int f(void) { return fopen(); }'),
                   'base needs fopen')

    def test_store_that_calls_a_rule(self):
        self.finds(self.check('int rule(void) { return 0; }', store='int rule(void); int f(void) { return rule(); }'),
                   'store calls rule')

    def test_empty_archives_prove_nothing(self):
        self.assertNotEqual(self.check('', base=''), [])


class Style(Planted):
    def one(self, body, path='src/acts/a.c'):
        self.put(path, SPDX + body)
        return check_style.check(self.root)

    def test_clean(self):
        self.clean(self.one('/* strcpy() is banned and "sprintf(" too */\nint a(void)\n{\n\treturn 0;\n}\n'))

    def test_each_rule(self):
        rows = (('int a;\nchar *b = strcpy(x, y);\n', 'strcpy'), ('int c = atoi(x);\n', 'atoi'),
                ('void f(void)\n{\n\tlocaltime(0);\n}\n', 'localtime'),
                ('typedef struct a b;\n', 'spelt out'), ('int a;\n        int b;\n', 'tabs'),
                ('int a; \n', 'end of the line'), ('\t \tint a;\n', 'before a tab'),
                ('/* TO' + 'DO later */\n', 'unfinished'),
                ('const char *p = "/wo' + 'rk/main/x";\n', 'path of one machine'),
                ('const char *p = "/ho' + 'me/me";\n', 'path of one machine'),
                ('int ' + 'a' * 120 + ';\n', '1 lines over 100 columns'),
                ('/* ' + '长' * 50 + ' */\n', '1 lines over 100 columns'),
                ('int a;\n' * 601, '602 lines, limit 600'),
                ('int f(void)\n{\n' + '\tg();\n' * 78 + '}\n', 'a.c:f: 81 lines, limit 80'),
                ('static int f(int a,\n\tint b)\n{\n' + '\tg();\n' * 77 + '}\n', 'a.c:f: 81 lines'))
        for body, says in rows:
            self.finds(self.one(body), says)
        self.clean(self.one('localtime_r(&t, &tm);\n'))
        self.clean(self.one('const char *a = "' + 'x' * 120 + '";\n'))
        self.clean(self.one('int f(void)\n{\n' + '\tg();\n' * 77 + '}\n'))

    def test_licence_line(self):
        self.put('src/acts/a.c', 'int a;\n')
        self.put('tools/a.py', 'print()\n')
        findings = check_style.check(self.root)
        self.finds(findings, 'src/acts/a.c:1')
        self.finds(findings, 'tools/a.py:1')

    def test_the_ratchet_only_falls(self):
        long_function = 'int f(void)\n{\n' + '\tg();\n' * 90 + '}\n'
        for recorded, says in ((93, None), (92, 'may only fall'), (94, 'lower its line')):
            self.put('tools/style_exceptions.txt', f'# x\nfunction-lines src/acts/a.c:f {recorded}\n')
            findings = self.one(long_function)
            self.finds(findings, says) if says else self.clean(findings)
        self.finds(self.one('int f(void)\n{\n\treturn 0;\n}\n'), 'no longer above the limit')


class Clauses(Planted):
    def setUp(self):
        super().setUp()
        self.put('docs/clauses.tsv', 'id\tclause\tkind\twhat\nLB-18\t三(三)\trule\tx\nSN-13\t三(一)\tdata\ty\n'
                                     'SQ-25\t三(一)\treport\tz\n')
        self.put('tests/rules/test_route.c', '/* LB-18 */\n')
        self.put('tests/shape/test_x.py', '# SN-13 is not held by this\n')
        self.put(clause_table.REPORT, clause_table.table(self.root))

    def test_uncited(self):
        self.finds(clause_table.check(self.root, ('rule', 'data')), 'SN-13')
        self.assertEqual(len(clause_table.check(self.root, ('rule', 'data'))), 1)
        self.put('tests/acts/test_import.c', '/* SN-13 */\n')
        self.put(clause_table.REPORT, clause_table.table(self.root))
        self.clean(clause_table.check(self.root, ('rule', 'data')))

    def test_rows_of_ids(self):
        self.put('tests/acts/test_import.c', '/* SN-12..14 and SQ-24…25 */\n')
        found = clause_table.citations(self.root)
        self.assertEqual(sorted(found), ['LB-18', 'SN-12', 'SN-13', 'SN-14', 'SQ-24', 'SQ-25'])

    def test_out_of_date(self):
        self.clean(clause_table.check(self.root))
        self.put('tests/acts/test_import.c', '/* SN-13 */\n')
        self.finds(clause_table.check(self.root), 'out of date')

    def test_unknown_ids(self):
        self.put('tests/acts/test_import.c', '/* LB-99 */\n')
        self.finds(clause_table.check(self.root, fresh=False), 'LB-99')


class Index(Planted):
    def test_missing_and_gone(self):
        self.put('src/rules/refund.c', SPDX)
        self.put('src/rules/pack_route.c', SPDX)
        self.put('src/doors/cli/cmd_decide.c', SPDX)
        self.finds(check_index.check(self.root), 'is missing')
        self.put('docs/index.md', '| 退费 | `rules/refund.c` `acts/gone.c` |\n| pack | `rules/pack_*.c` |\n')
        findings = check_index.check(self.root)
        self.finds(findings, 'acts/gone.c matches no file')
        self.finds(findings, 'src/rules/pack_route.c')  # its line has no Chinese term
        self.finds(findings, 'cmd_decide.c')
        self.assertEqual(len(findings), 3)
        self.put('docs/index.md', '| 退费 | `rules/refund.c` |\n| 政策包 | `src/rules/pack_*.c` |\n'
                                  '| 裁定 | canbao decide |\n')
        self.clean(check_index.check(self.root))


class Tests(Planted):
    def test_idle_tests(self):
        case = 'static void works(void **state)\n{\n\tassert_true(f());\n}\n'
        self.put('tests/base/meson.build', "foreach name : ['day']\n")
        self.put('tests/base/test_day.c', case + 'int main(void)\n{\n\tunit(works);\n}\n')
        self.clean(check_tests.check(self.root))
        self.put('tests/base/test_map.c', case)
        findings = check_tests.check(self.root)
        self.finds(findings, 'test_map.c', 'not registered')
        self.finds(findings, 'test_map.c', 'no table')
        self.put('tests/base/test_day.c', 'static void idle(void **state)\n{\n\tputs(x);\n}\nunit(idle);\n')
        self.finds(check_tests.check(self.root), 'idle asserts nothing')


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1], verbosity=1)
