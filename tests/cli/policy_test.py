#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`canbao policy` as its authors use it: check, show, why, cover, diff, try.

Usage: policy_test.py CANBAO PACKS
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

CANBAO, PACKS = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
CODES = ["lingbi-2023", "shuangqing-2023", "sunan-2024", "yunhe-2025"]


def policy(*args, text="", **env):
    return subprocess.run([CANBAO, "policy", *args], input=text, capture_output=True, text=True,
                          env={**os.environ, "LC_ALL": "C", **env})


def pack(code):
    return os.path.join(PACKS, code)


class Policy(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def changed(self, code, *changes, file="pack.yaml"):
        """A copy of a pack with some places changed."""
        copy = os.path.join(self.folder.name, code)
        shutil.copytree(pack(code), copy, dirs_exist_ok=True)
        path = os.path.join(copy, file)
        with open(path, encoding="utf-8") as f:
            text = f.read()
        for find, put in changes:
            self.assertIn(find, text)
            text = text.replace(find, put, 1)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
        return copy

    def written(self, name, text):
        path = os.path.join(self.folder.name, name)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
        return path

    def test_every_pack_of_the_tree_checks_and_covers(self):
        for code in CODES:
            for verb in ("check", "cover", "show"):
                done = policy(verb, pack(code))
                self.assertEqual((done.returncode, done.stderr), (0, ""), (code, verb))

    def test_check_shows_file_line_column_and_caret(self):
        copy = self.changed("sunan-2024", ("资助: 250元", "资助: 255元"))
        done = policy("check", copy)
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        lines = done.stderr.splitlines()
        self.assertRegex(lines[0], r"sunan-2024/pack\.yaml:\d+:\d+: 错误: .*255元")
        self.assertIn("255元", lines[1])
        self.assertRegex(lines[2], r"^ +\^$")

    def test_check_against_a_notice(self):
        notice = os.path.join(pack("yunhe-2025"), "notice.txt")
        self.assertEqual(policy("check", pack("yunhe-2025"), "--notice", notice).returncode, 0)
        with open(notice, encoding="utf-8") as f:
            other = self.written("notice.txt", f.read().replace("525元", "535元"))
        done = policy("check", pack("yunhe-2025"), "--notice", other)
        self.assertEqual(done.returncode, 1)
        self.assertIn("535元", done.stderr)
        self.assertEqual(policy("check", pack("yunhe-2025"), "--notice", "nowhere").returncode, 2)

    def test_cover_names_a_figure_no_rule_cites(self):
        copy = self.changed("lingbi-2023", ("工作经费: { 每人: 1元, 拨给: 镇（经济开发区）, 依据: 四(二)1 }\n", ""))
        done = policy("cover", copy)
        self.assertEqual(done.returncode, 1)
        self.assertIn("四(二)1\t金额\t1元", done.stdout)

    def test_cover_passes_over_what_the_pack_names_as_not_coded(self):
        copy = self.changed("lingbi-2023", ("工作经费: { 每人: 1元, 拨给: 镇（经济开发区）, 依据: 四(二)1 }\n", ""),
                            ("未编码:\n", "未编码:\n  四(二)1: 由财政局另行计算\n"))
        self.assertEqual(policy("cover", copy).returncode, 0)

    def test_why_an_enrolment(self):
        line = {"id": "1", "policy": "sunan-2024", "on": "2023-10-01", "birth": "1980-01-01", "register": "local",
                "residence": "local", "categories": [{"code": "rural_dibao_2", "certified": "2023-01-01"},
                                                     {"code": "stable_lifted", "certified": "2021-01-01"}]}
        done = policy("why", pack("sunan-2024"), json.dumps(line))
        self.assertEqual(done.returncode, 0)
        for word in ("集中缴费", "应缴 70元", "农村二类低保", "按它资助", "二(三)2", "解释J4", "(en)"):
            self.assertIn(word, done.stdout)
        self.assertLess(done.stdout.index("可以参保"), done.stdout.index("(en)"))

    def test_why_not_and_why_no_money(self):
        line = {"id": "1", "policy": "lingbi-2023", "on": "2022-09-01", "birth": "1980-01-01", "register": "local",
                "residence": "local"}
        self.assertIn("缴费期尚未开始", policy("why", pack("lingbi-2023"), json.dumps(line)).stdout)
        line = {"id": "1", "op": "refund", "policy": "lingbi-2023", "on": "2023-02-01", "reason": "duplicate",
                "paid_on": "2022-11-01", "paid_fen": 35000, "evidence": ["enrolment_ended"]}
        self.assertIn("待遇期已开始", policy("why", pack("lingbi-2023"), json.dumps(line)).stdout)
        self.assertEqual(policy("why", pack("lingbi-2023"), "{}").returncode, 2)
        self.assertEqual(policy("why", pack("sunan-2024"), json.dumps(line)).returncode, 2)

    def test_diff(self):
        self.assertEqual(policy("diff", pack("sunan-2024"), pack("sunan-2024")).returncode, 0)
        copy = self.changed("sunan-2024", ("视同居住证,", "等同居住证,"))
        done = policy("diff", pack("sunan-2024"), copy)
        self.assertEqual(done.returncode, 1)
        self.assertIn("解释/J5/内容\n  - 港澳台居民居住证视同居住证\n  + 港澳台居民居住证等同居住证\n", done.stdout)
        self.assertEqual(done.stdout.count("\n  - "), 1)

    def population(self):
        rows = []
        for i in range(300):
            row = {"id": str(i), "policy": "sunan-2024", "on": "2023-10-01", "birth": "1980-01-01",
                   "register": "local", "residence": "local", "town": ["皇城镇", "马蹄乡", "大河乡"][i % 3]}
            if i % 3 == 0:
                row["categories"] = [{"code": "rural_dibao_1", "certified": "2023-01-01"}]
            rows.append(json.dumps(row, ensure_ascii=False))
        return "\n".join(rows) + "\n"

    def test_try_prints_cost_by_fund_and_town_before_and_after(self):
        overlay = self.written("more.yaml", "身份: [{ 代码: rural_dibao_1, 资助: 320元 }]\n")
        people = self.written("people.jsonl", self.population())
        for done in (policy("try", pack("sunan-2024"), overlay, "--population", people),
                     policy("try", pack("sunan-2024"), overlay, text=self.population())):
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            self.assertIn("more.yaml", done.stdout)
            self.assertIn("  医疗救助\t31000元\t32000元\t+1000元\n", done.stdout)
            self.assertIn("  个人\t83000元\t82000元\t-1000元\n", done.stdout)
            self.assertIn("  皇城镇\t31000元\t32000元\t+1000元\n", done.stdout)
            self.assertNotIn("马蹄乡", done.stdout)  # nobody there is subsidised

    def test_try_refuses_an_overlay_that_changes_nothing(self):
        overlay = self.written("same.yaml", "身份: [{ 代码: rural_dibao_1, 资助: 310元 }]\n")
        done = policy("try", pack("sunan-2024"), overlay, text=self.population())
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("什么也没改", done.stderr)
        empty = self.written("empty.yaml", "")
        self.assertEqual(policy("try", pack("sunan-2024"), empty, text=self.population()).returncode, 2)

    def test_try_stores_nothing(self):
        copy = self.changed("sunan-2024")
        overlay = self.written("more.yaml", "标准: { 个人缴费: { 金额: 400元 } }\n")
        before = {n: os.stat(os.path.join(copy, n)).st_mtime_ns for n in os.listdir(copy)}
        self.assertEqual(policy("try", copy, overlay, text=self.population()).returncode, 0)
        self.assertEqual(before, {n: os.stat(os.path.join(copy, n)).st_mtime_ns for n in os.listdir(copy)})

    def test_try_counts_lines_that_are_not_valid(self):
        overlay = self.written("more.yaml", "身份: [{ 代码: rural_dibao_1, 资助: 320元 }]\n")
        done = policy("try", pack("sunan-2024"), overlay, text=self.population() + "{}\nx\n")
        self.assertEqual(done.returncode, 1)
        self.assertIn("300 人", done.stdout)
        self.assertIn("2 行", done.stderr)

    def test_usage(self):
        for args in ([], ["chek", pack("sunan-2024")], ["check"], ["diff", pack("sunan-2024")],
                     ["check", pack("none")]):
            self.assertEqual(policy(*args).returncode, 2, args)
        self.assertIn("needed", policy(LC_ALL="en_US.UTF-8").stderr)


unittest.main(argv=sys.argv[:1])
