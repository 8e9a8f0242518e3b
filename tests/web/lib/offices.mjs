// SPDX-License-Identifier: Apache-2.0
// What offices do at the console, step by step as a clerk does it.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { freshCode } from './totp.mjs';

/** Password, and when `strong` the one-time code with it. */
export async function logIn(face, account, strong = false) {
	const { page } = face;

	await page.getByLabel('账号', { exact: true }).fill(account.login);
	await page.getByLabel('密码', { exact: true }).fill(account.password);
	if (strong) {
		await page.getByRole('button', { name: '我有动态验证码' }).click();
		await page.getByLabel('动态验证码', { exact: true }).fill(await freshCode(account));
	}
	await page.getByRole('button', { name: '登录', exact: true }).click();
	await page.getByRole('navigation', { name: '主菜单' }).waitFor({ state: 'attached' });
}

export async function menu(page, name) {
	await page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name, exact: true }).click();
}

/** Search as a clerk does. */
export async function search(page, what) {
	await menu(page, '居民查询');
	await page.getByLabel('证件号码或姓名').fill(what);
	await page.getByRole('button', { name: '查询', exact: true }).click();
	await page.getByText(/^查到 \d+ 人|^只列出前/).or(page.getByText('没有查到', { exact: true })).first().waitFor();
}

export async function openPerson(page, who) {
	await search(page, who.number);
	await page.getByRole('link', { name: who.name, exact: true }).click();
	await page.getByRole('heading', { name: '核定结论' }).waitFor();
}

/** One of an antd list of choices. */
export async function choose(page, label, option) {
	await page.locator('.ant-select', { has: page.getByRole('combobox', { name: label }) }).click();
	await page.locator('.ant-select-dropdown:visible .ant-select-item-option').filter({ hasText: option }).first().click();
}

/** The dialog that asks for a one-time code where a step needs one. */
export async function showCode(page, account) {
	await page.getByLabel('6 位验证码').fill(await freshCode(account));
	await page.getByRole('button', { name: '确认并继续' }).click();
}

/** Give a file, look at what was understood, take it in, wait for the end; what the page counted. */
export async function importFile(face, { name, bytes, kind, department }) {
	const { page } = face;

	await menu(page, '导入');
	const again = page.getByRole('button', { name: '再导入一个' });
	if (await again.count())
		await again.click();
	await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: bytes });
	await page.getByRole('heading', { name: '第二步：核对' }).waitFor();
	if (kind)
		await choose(page, '这是什么名单', kind);
	await page.getByRole('region', { name: '前几行' }).waitFor();
	if (department)
		await choose(page, '哪个部门的名单', department);
	await face.look(`preview of ${name}`);
	await page.getByRole('button', { name: '开始导入' }).click();
	return jobCounts(page);
}

/** Wait for the job on the page; its counts by name. */
export async function jobCounts(page) {
	const job = page.locator('.job');

	await job.locator('.job-head').getByText('完成', { exact: true }).waitFor({ timeout: 60000 });
	const counts = {};
	for (const one of await job.locator('.counts > div').all())
		counts[await one.locator('dt').innerText()] = Number((await one.locator('dd').innerText()).replaceAll(',', ''));
	return counts;
}

/** The town of the first town account finds a ticket by its words and answers it. */
export async function answerTicket(s, login, words, answer) {
	const office = await s.office(s.world.account(login));
	const { page } = office;

	await menu(page, '数据障碍');
	await page.getByRole('table').waitFor();
	for (const open of await page.getByRole('table').getByRole('button', { name: /不对|查不到|显示|其他/ }).all()) {
		await open.click();
		await page.locator('.said').waitFor();
		if ((await page.locator('.said').innerText()).includes(words)) {
			await page.getByLabel(/^答复（/).fill(answer);
			await office.look('answering a ticket');
			await page.getByRole('button', { name: '答复', exact: true }).click();
			await page.getByText('已答复，居民在首页可以看到').waitFor();
			await office.look('ticket answered, office');
			return;
		}
	}
	assert.fail(`the ticket “${words}” is not on the list of ${login}`);
}

/** The town accepts a registration after looking at its paper. */
export async function acceptRegistration(s, login, name) {
	const office = await s.office(s.world.account(login));
	const { page } = office;

	await menu(page, '参保登记审核');
	await page.getByRole('button', { name, exact: true }).click();
	await page.getByText('身份证').first().waitFor();
	await office.look('registration with its paper');
	await page.getByRole('button', { name: '材料相符，通过' }).click();
	await page.getByText(new RegExp(`已通过，${name}已列入名册`)).waitFor();
	await office.look('registration accepted, office');
}

/** The county's own file of its divisions: [code, name, parent's code …]. */
function divisions(world) {
	const text = fs.readFileSync(path.join(world.files, 'divisions.csv'), 'utf8').replace(/^\ufeff/, '');

	return text.trim().split(/\r?\n/).map((line) => line.split(','));
}

export function villagesOf(world, town) {
	const rows = divisions(world);
	const [code] = rows.find((r) => r[1] === town);

	return rows.filter((r) => r[2] === code).map((r) => r[1]);
}

export function codeOf(world, name) {
	return divisions(world).find((r) => r[1] === name)[0];
}
