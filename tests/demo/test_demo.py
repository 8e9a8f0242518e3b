#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""canbao demo: the files of a made-up county, read with other tools than our own, against its manifest;
and through the program: exactly the rows that were planted come back.
"""
import csv
import hashlib
import io
import json
import os
import re
import subprocess
import tempfile
import unittest
import zipfile
from xml.etree import ElementTree

CANBAO = os.environ['CANBAO_BIN']
ROOT = os.environ['CANBAO_ROOT']
NS = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def canbao(*args, **env):
    return subprocess.run([CANBAO, *args], cwd=ROOT, capture_output=True, text=True, check=False,
                          env={'PATH': os.environ['PATH'], 'LC_ALL': 'en_GB.UTF-8', **env})


def checked(number):
    return len(number) == 18 and number[:17].isdigit() and \
        '10X98765432'[sum(int(c) * w for c, w in zip(number, WEIGHTS)) % 11] == number[17]


def xlsx_rows(path):
    with zipfile.ZipFile(path) as z:
        for row in ElementTree.fromstring(z.read('xl/worksheets/sheet1.xml')).iter(NS + 'row'):
            cells = {}
            for c in row.iter(NS + 'c'):
                letters = re.match('[A-Z]+', c.get('r')).group()
                at = 0
                for ch in letters:
                    at = at * 26 + ord(ch) - 64
                cells[at] = ''.join(t.text or '' for t in c.iter() if t.tag in (NS + 't', NS + 'v'))
            yield int(row.get('r')), [cells.get(i, '') for i in range(1, max(cells, default=0) + 1)]


def rows_of(path, encoding):
    if encoding == 'XLSX':
        yield from xlsx_rows(path)
        return
    with open(path, 'rb') as f:
        text = f.read().decode('utf-8-sig' if encoding == 'UTF-8' else 'gb18030')
    yield from enumerate(csv.reader(io.StringIO(text, newline='')), 1)


class County:
    def __init__(self, county, people, seed=1, *options):
        self.top = tempfile.TemporaryDirectory()
        self.path = self.top.name
        run = canbao('demo', '--county', county, '--people', str(people), '--seed', str(seed), '--out', self.path,
                     *options)
        assert run.returncode == 0, run.stderr
        with open(os.path.join(self.path, 'manifest.json'), encoding='utf-8') as f:
            self.manifest = json.load(f)

    def files(self, kind):
        return [f for f in self.manifest['files'] if f['kind'] == kind]

    def rows(self, f):
        """(row number, {column: cell}) of the data rows."""
        header = None
        for number, cells in rows_of(os.path.join(self.path, f['path']), f['encoding']):
            if header is None:
                if len([c for c in cells if c]) > 2 and '批次号' not in cells:
                    header = cells
                continue
            yield number, dict(zip(header, cells + [''] * (len(header) - len(cells))))

    def digest(self):
        h = hashlib.sha256()
        for f in self.manifest['files']:
            if f['encoding'] != 'XLSX':  # an XLSX bears the time it was made
                with open(os.path.join(self.path, f['path']), 'rb') as g:
                    h.update(g.read())
        return h.hexdigest()


def number_of(row):
    return next(row[k] for k in ('证件号码', '公民身份号码', '身份证号码', '身份证号') if k in row)


class Files(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.county = County('620721', 3000)
        cls.addClassCleanup(cls.county.top.cleanup)
        cls.manifest = cls.county.manifest
        cls.bad = {}
        cls.known = {}
        for f in cls.county.files('residents'):
            if 'corrected' in f['path']:
                continue
            cls.bad = {r['row']: r['code'] for r in f['rejected_rows']}
            for number, row in cls.county.rows(f):
                if row.get('姓 名', row.get('姓名')) and number not in cls.bad:
                    cls.known[number_of(row)] = row

    def test_same_seed_same_bytes(self):
        again, other = County('620721', 3000), County('620721', 3000, 2)
        self.assertEqual(self.county.digest(), again.digest())
        self.assertNotEqual(self.county.digest(), other.digest())
        for a, b in zip(self.county.files('residents'), again.files('residents')):
            self.assertEqual(list(self.county.rows(a)), list(again.rows(b)))

    def test_rows_of_the_register(self):
        f = next(f for f in self.county.files('residents') if f['encoding'] == 'XLSX')
        rows = [(n, r) for n, r in self.county.rows(f) if number_of(r) or r['姓 名'] and r['户编号']]
        self.assertEqual(len(rows), f['rows'])
        self.assertEqual(len(rows), self.manifest['register_rows'])
        seen = {}
        for n, r in rows:
            number = number_of(r)
            code = self.bad.get(n)
            if code == 'wrong_check':
                self.assertFalse(checked(number))
            elif code == 'blank_number':
                self.assertEqual(number, '')
            elif code == 'ruined_number':
                self.assertRegex(number, r'^\d\.\d+E\+17$')
            elif code == 'second_row':
                self.assertIn(number, seen)
            elif code is None and checked(number):
                self.assertNotIn(number, seen)
            seen[number] = n
        self.assertEqual({c for c in self.bad.values()}, {'wrong_check', 'blank_number', 'ruined_number',
                                                          'impossible_date', 'unknown_village', 'second_row'})

    def test_the_corrections_mend_the_register(self):
        f = next(f for f in self.county.files('residents') if 'corrected' in f['path'])
        rows = list(self.county.rows(f))
        self.assertEqual(len(rows), sum(c != 'second_row' for c in self.bad.values()))
        for _, row in rows:
            self.assertTrue(checked(number_of(row)))
            self.assertNotIn(number_of(row), self.known)

    def test_batches_add_up(self):
        """Count and sum of the first row are those of the lines; every line that is no stranger's is known."""
        lines = 0
        for f in self.county.files('payments'):
            first = next(rows_of(os.path.join(self.county.path, f['path']), f['encoding']))[1]
            said = dict(zip(first[::2], first[1::2]))
            rows = list(self.county.rows(f))
            amount = next(k for k in rows[0][1] if '金额' in k)
            self.assertEqual(int(said['笔数']), len(rows))
            self.assertAlmostEqual(float(said['金额合计']), sum(float(r[amount]) for _, r in rows), places=2)
            bad = {r['row']: r['code'] for r in f['rejected_rows']}
            for n, r in rows:
                self.assertTrue(checked(number_of(r)) or len(number_of(r)) == 15)
                self.assertTrue(number_of(r)[:6] == '630102' or bad.get(n) != 'unknown_person')
            lines += len(rows)
        self.assertEqual(lines, sum(self.manifest['payment_lines'].values()))
        self.assertEqual(set(self.manifest['payment_lines']) - {'circumstance', 'repeated_line'}, {
            'good', 'wrong_amount', 'second_payment', 'after_window', 'unknown_person', 'employee_insured',
            'nothing_due'})

    def test_villages(self):
        """SN-18: farms are counted elsewhere.  SN-25: a named person for each of 107 villages."""
        rows = [r for _, r in self.county.rows(self.county.files('divisions')[0])]
        villages = [r for r in rows if len(r['编码']) == 12]
        self.assertEqual(len(villages), 107)
        self.assertTrue(all(r['负责人'] and re.fullmatch(r'1[3-9]\d{9}', r['联系电话']) for r in villages))
        self.assertEqual(len({(r['上级编码'], r['名称']) for r in villages}), 107)
        farms = {r['编码']: r['报表归属'] for r in rows if r['报表归属']}
        self.assertEqual(farms, {'620721500': '620721101', '620721501': '户籍'})

    def test_targets(self):
        """SN-01: the plan figures of the notice; beside them, figures for the smaller county."""
        plan, scaled = ([r for _, r in self.county.rows(f) if r['乡镇'] != '合计']
                        for f in sorted(self.county.files('targets'), key=lambda f: -len(f['path']))[::-1])
        self.assertEqual({r['乡镇']: int(r['目标数']) for r in plan}, {
            '皇城镇': 7326, '马蹄乡': 4427, '白银乡': 626, '康乐镇': 3500, '大河乡': 3960, '明花乡': 3450,
            '祁丰乡': 2699, '红湾寺镇': 3512})
        self.assertEqual(sum(int(r['目标数']) for r in scaled), 3000)

    def test_nothing_planted_when_clean(self):
        county = County('620721', 1000, 1, '--clean')
        for f in county.manifest['files']:
            self.assertEqual((f['rejected'], f['must_abort']), ({}, False))
            self.assertLessEqual(set(f['tolerated']), {'joined_cell'})  # no mess: lists are written so
        self.assertEqual(set(county.manifest['payment_lines']), {'good'})

    def test_gb18030_and_rare_characters(self):
        """A register in GB18030 whose rare characters are not in GBK."""
        county = County('341323', 20000)
        f = next(f for f in county.files('residents') if 'corrected' not in f['path'])
        self.assertEqual(f['encoding'], 'GB18030')
        names = ''.join(r['姓名'] for _, r in county.rows(f))
        for ch in '𠅤䶮㛃𬱟':
            self.assertIn(ch, names)
        self.assertEqual(len([1 for _, r in county.rows(county.files('divisions')[0]) if len(r['编码']) == 12]), 312)

    def test_refusals(self):
        self.assertEqual(canbao('demo', '--county', '110000').returncode, 2)
        self.assertEqual(canbao('demo').returncode, 2)
        self.assertEqual(canbao('demo', '--county', '620721', '--people', '5').returncode, 2)
        self.assertEqual(canbao('demo', '--county', '620721', '--out', '/nowhere/at/all').returncode, 2)


class Season(unittest.TestCase):
    """Every file through the program: what comes back is what was planted, to the row and to the fen."""

    def take(self, county, f, as_of, *options):
        run = canbao('import', f['kind'], os.path.join(county.path, f['path']), '--policy',
                     county.manifest['policy'], '--as-of', as_of, '--json', '--actor', 'test', *options,
                     CANBAO_DB=os.path.join(county.path, 'canbao.db'))
        if f['must_abort']:
            self.assertEqual(run.returncode, 2, f['path'])
            return None
        self.assertIn(run.returncode, (0, 1), run.stderr)
        return json.loads(run.stdout)

    def through(self, county, on):
        m = county.manifest
        db = os.path.join(county.path, 'canbao.db')
        self.assertEqual(canbao('init', CANBAO_DB=db).returncode, 0)
        first = [f for kind in ('divisions', 'targets', 'residents', 'categories', 'coverage', 'students')
                 for f in county.files(kind) if not re.search('monthly|corrected|scaled', f['path'])]
        for f in first:
            options = ['--department', f['department']] if f['kind'] == 'categories' else []
            got = self.take(county, f, m['as_of'], *options, *(['--full'] if f['must_abort'] else []))
            if got:
                self.assertEqual((f['path'], got['rejected']), (f['path'], sum(f['rejected'].values())))
        run = canbao('assess', '--policy', m['policy'], '--on', on, '--json', '--actor', 'test', CANBAO_DB=db)
        self.assertEqual(json.loads(run.stdout)['funded'], m['funded'])
        posted = fen = 0
        for f in county.files('payments'):
            if f['path'][9:13] == m['policy'][-4:]:
                continue
            got = self.take(county, f, on, '--channel', f['department'])
            self.assertEqual((f['path'], got['suspended']), (f['path'], sum(f['rejected'].values())))
            posted += got['posted']
            fen += got['posted_fen']
        self.assertEqual((posted, fen), (m['payment_lines']['good'], m['payment_fen']['good']))
        for f in county.files('categories'):
            if 'monthly' in f['path']:
                self.assertEqual(self.take(county, f, m['monthly_as_of'], '--department', f['department'])['rejected'], 0)

    def test_sunan(self):
        self.through(County('620721', 2000), '2023-09-10')

    def test_lingbi(self):
        self.through(County('341323', 2000, 5), '2022-10-01')


if __name__ == '__main__':
    unittest.main()
