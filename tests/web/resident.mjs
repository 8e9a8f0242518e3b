// SPDX-License-Identifier: Apache-2.0
// The resident's page: everything a person does on the telephone.

import assert from 'node:assert/strict';
import { downloaded } from './lib/browser.mjs';
import { acceptRegistration, answerTicket } from './lib/offices.mjs';
import { idNumber, pdfText, picture } from './lib/papers.mjs';
import { addToVisit, lookUp, payAtChannel, tabTo } from './lib/residents.mjs';
import { scene } from './lib/scene.mjs';
import { weigh } from './lib/weight.mjs';

// What a year costs in Sunan in autumn 2023 and what is left of it to pay (二(二), 二(三)); yuan.
const WHOLE = 380;
const LEFT = {
	农村一类低保: 70, 农村二类低保: 70, 农村三类低保: 130, 农村四类低保: 130, 城市低保全额: 70, 城市低保差额: 130,
	低保边缘家庭成员: 280, 脱贫不稳定: 130, 边缘易致贫: 130, 脱贫人口: 280, 已脱贫人口: 280, 稳定脱贫人口: 280,
};
const owes = (who) => Math.min(WHOLE, ...who.categories.map((c) => LEFT[c] ?? WHOLE));
const yuan = (n) => `${n}.00`;

const card = (page, name) => page.getByRole('article', { name });

scene('LB-26 SQ-35: a family of four with two kinds of subsidy pays in one order and gets its receipt', async (s) => {
	const family = s.world.people.family;
	const total = family.reduce((sum, who) => sum + owes(who), 0);
	const face = await s.phone();
	const { page } = face;

	assert.equal(family.length, 4);
	assert.ok(new Set(family.map(owes)).size >= 2, 'two kinds of subsidy');
	await face.go('/');
	await page.getByLabel('姓名', { exact: true }).waitFor();
	await face.look('first page');
	await lookUp(page, family[0]);
	assert.match(await card(page, family[0].name).innerText(), new RegExp(`应缴\\s*${owes(family[0])}\\.00`));
	await page.getByRole('button', { name: '为什么是这个数？' }).first().click();
	await page.getByRole('heading', { name: '这个数是这样算的' }).waitFor();
	assert.match(await card(page, family[0].name).innerText(), /依据通知二\(三\)/, 'the subsidy cites its clause');
	await face.look('one person, why');
	for (const who of family.slice(1))
		await addToVisit(page, who, who.book === family[0].book);
	assert.equal(await page.getByRole('article').count(), 4);
	const basket = page.locator('.basket');
	await basket.getByText(yuan(total)).waitFor();
	await page.getByLabel(/甘肃税务/).check();
	await face.look('family with basket');
	await page.getByRole('button', { name: '去缴费' }).click();
	await page.getByRole('img', { name: /付款二维码/ }).waitFor();
	assert.ok(await page.getByRole('img', { name: /付款二维码/ }).evaluate((i) => i.complete && i.naturalWidth > 0), 'the QR code is a picture');
	await page.getByText(yuan(total)).first().waitFor();
	await face.look('order to pay');
	await payAtChannel(face);
	await face.look('order paid');
	const lines = await page.locator('.order-line').allInnerTexts();
	assert.equal(lines.length, 4);
	for (const line of lines)
		assert.match(line, /已参保，2024年1月1日起享受待遇/);
	const receipt = await downloaded(page, () => page.getByRole('link', { name: /下载缴费凭证/ }).click());
	const text = pdfText(receipt.path);
	assert.match(text, new RegExp(`${total}\\.00`));
	for (const who of family) {
		assert.ok(text.includes(who.name[0]) && !text.includes(who.name), 'names are masked on the receipt');
		assert.ok(!text.includes(who.number), 'no whole number on the receipt');
	}
	await page.getByRole('link', { name: '看我的记录' }).click();
	await page.getByText('2024 年度').first().waitFor();
	await face.look('record');
});

const EMPLOYEE = /职工/;

scene('LB-05 SN-02: somebody in employee insurance is refused in plain words, with the clause and what to do', async (s) => {
	const face = await s.phone();
	const { page } = face;
	const who = s.world.people.employee;

	await face.go('/');
	await lookUp(page, who);
	const words = await card(page, who.name).innerText();
	assert.match(words, /现在不能缴/);
	assert.match(words, EMPLOYEE);
	assert.match(words, /依据通知/);
	assert.match(words, /怎么办/);
	assert.equal(await page.getByRole('button', { name: '去缴费' }).count(), 0);
	await face.look('refused');
});

scene('LB-26: somebody who has paid is told so and cannot pay again', async (s) => {
	const face = await s.phone();
	const { page } = face;
	const who = s.world.people.enrolled;

	await face.go('/');
	await lookUp(page, who);
	assert.match(await card(page, who.name).innerText(), /已经参保/);
	assert.equal(await page.getByRole('button', { name: '去缴费' }).count(), 0);
	await page.getByRole('link', { name: '看缴费记录' }).click();
	await page.getByRole('heading', { name: '我的记录' }).waitFor();
	await page.getByText('2024 年度').first().waitFor();
	await face.look('record of an enrolled person');
});

scene('LB-26: a wrong name with a known number looks like nobody at all', async (s) => {
	const face = await s.phone();
	const { page } = face;
	const known = s.world.people.plain;
	const stranger = { name: '无此人', number: idNumber('620721', '1990-06-15', '004') };
	const said = [];

	for (const who of [{ ...known, name: '王错名' }, stranger]) {
		await face.go('/');
		await lookUp(page, who);
		const words = await card(page, who.name).innerText();
		assert.match(words, /没有查到/);
		said.push(words.replaceAll(who.name, 'NAME').replace(/\d+\*+[\dX]+/g, 'NUMBER'));
	}
	assert.equal(said[0], said[1], 'both answers read the same');
	await face.look('nobody found');
});

scene("LB-42: older people's mode, one thing a page, from the first page to the QR code", async (s) => {
	const face = await s.phone();
	const { page } = face;
	const who = s.somebody();
	const next = () => page.getByRole('button', { name: '下一步' }).click();

	await face.go('/');
	await page.getByRole('button', { name: '长辈版' }).click();
	await page.getByText(/第 1 步，共/).waitFor();
	const size = await page.getByLabel('姓名', { exact: true }).evaluate((e) => parseFloat(getComputedStyle(e).fontSize));
	assert.ok(size >= 20, `large type: ${size} px`);
	assert.equal(await page.getByLabel('证件号码', { exact: true }).count(), 0, 'one thing a page');
	await face.look('older mode: name');
	await next();
	await page.getByText('请填写姓名').waitFor();
	await page.getByLabel('姓名', { exact: true }).fill(who.name);
	await next();
	await page.getByLabel('证件号码', { exact: true }).fill(who.number);
	await face.look('older mode: number');
	await page.getByRole('button', { name: '查询', exact: true }).click();
	await page.getByRole('heading', { name: '参保情况' }).waitFor();
	await face.look('older mode: state');
	await next();
	await page.getByRole('heading', { name: '给家人一起缴' }).waitFor();
	await face.look('older mode: family');
	await page.getByRole('button', { name: '不加了，往下走' }).click();
	await page.getByLabel(/甘肃税务/).check();
	await face.look('older mode: channel');
	await next();
	await page.getByRole('heading', { name: '核对一下' }).waitFor();
	await face.look('older mode: check');
	await page.getByRole('button', { name: '去缴费' }).click();
	await page.getByRole('img', { name: /付款二维码/ }).waitFor();
	await face.look('older mode: order');
	await page.goBack();
	await page.getByRole('heading', { name: '核对一下' }).waitFor();
	await page.reload();
	await page.getByRole('button', { name: '普通版' }).waitFor(); // it stays chosen
});

scene('LB-42: with the keyboard only, from the first page to the QR code', async (s) => {
	const face = await s.face({ size: { width: 1440, height: 900 } });
	const { page } = face;
	const who = s.somebody();
	const field = (words) => (at) => at.tag === 'INPUT' && at.words.includes(words);
	const button = (words) => (at) => at.tag === 'BUTTON' && at.words.includes(words);

	await face.go('/');
	await page.getByLabel('姓名', { exact: true }).waitFor();
	await tabTo(page, field('姓名'), 'the name');
	await page.keyboard.insertText(who.name);
	await tabTo(page, field('证件号码'), 'the number');
	await page.keyboard.type(who.number);
	await page.keyboard.press('Enter');
	await page.getByRole('heading', { name: '查询结果' }).waitFor();
	await tabTo(page, button('为什么是这个数'), 'why');
	await page.keyboard.press('Space');
	await page.getByRole('heading', { name: '这个数是这样算的' }).waitFor();
	await tabTo(page, (at) => at.type === 'radio', 'the channels');
	await page.keyboard.press('Space');
	await tabTo(page, button('去缴费'), 'pay');
	await page.keyboard.press('Enter');
	await page.getByRole('img', { name: /付款二维码/ }).waitFor();
	await tabTo(page, (at) => at.tag === 'A' && at.words.includes('在这部手机上付款'), 'pay here');
});

scene('the page speaks English when asked, and keeps it', async (s) => {
	const face = await s.phone();
	const { page } = face;
	const who = s.somebody();

	await face.go('/');
	await page.getByRole('button', { name: 'Switch to English' }).click();
	await page.getByLabel('Name', { exact: true }).waitFor();
	assert.equal(await page.getAttribute('html', 'lang'), 'en');
	await face.look('English first page');
	await page.getByLabel('Name', { exact: true }).fill(who.name);
	await page.getByLabel(/number/i).fill(who.number);
	await page.getByRole('button', { name: /^(Search|Look up|Find)/ }).click();
	await page.getByRole('article').waitFor();
	await face.look('English state');
	await page.reload();
	await page.getByRole('article').waitFor();
	assert.equal(await page.getAttribute('html', 'lang'), 'en');
	const left = await page.getByRole('article').evaluate((e) => [...e.querySelectorAll('*')].filter((x) =>
		!x.closest('[lang="zh-CN"]') && [...x.childNodes].some((n) => n.nodeType === 3 && /[\u4e00-\u9fff]{2,}/.test(n.data)))
		.map((x) => x.textContent.trim()));
	assert.deepEqual(left.filter((w) => w !== who.name), [], 'no Chinese sentence that is not marked as Chinese');
});

scene('LB-54: a ticket about wrong data is answered by the town and read with its code', async (s) => {
	const who = s.somebody();
	const face = await s.phone();
	const { page } = face;

	await face.go('/');
	await lookUp(page, who);
	await page.getByRole('button', { name: '信息不对？告诉我们' }).click();
	await page.getByRole('heading', { name: '信息有误，告诉我们' }).waitFor();
	await page.getByLabel('金额不对').check();
	await face.look('ticket form');
	await page.getByRole('button', { name: '提交', exact: true }).click();
	await page.getByText('请写几个字，说说哪里不对').waitFor();
	await page.getByRole('textbox', { name: '请写清楚一些' }).fill('我家应该少缴，村里说过');
	await page.getByRole('button', { name: '提交', exact: true }).click();
	await page.getByRole('heading', { name: '已收到，谢谢您' }).waitFor();
	const code = (await page.locator('.keep-code').innerText()).trim();
	await page.getByText('最晚答复日期').waitFor();
	await face.look('ticket opened');
	await answerTicket(s, 'insurance', '我家应该少缴', '已核对，您的金额没有错');
	await page.getByRole('link', { name: '查进度' }).first().click();
	await page.getByRole('textbox', { name: '编号' }).fill(code);
	await face.look('progress form');
	await page.getByRole('button', { name: '查询', exact: true }).click();
	await page.getByText('已核对，您的金额没有错').waitFor();
	await face.look('ticket answered');
});

scene('LB-26: somebody unknown registers with a paper, the town accepts, and they pay', async (s) => {
	const who = { name: '测试新人', number: idNumber('620721', '1988-03-07', '021') };
	const face = await s.phone();
	const { page } = face;

	await face.go('/');
	await lookUp(page, who);
	await page.getByRole('link', { name: '登记参保' }).click();
	await face.look('kinds of registration');
	await page.getByRole('main').getByRole('link', { name: /第一次参保/ }).click();
	await page.getByRole('heading', { name: '第一次参保登记' }).waitFor();
	await page.getByLabel('姓名', { exact: true }).fill(who.name);
	await page.getByLabel('证件号码', { exact: true }).fill(who.number);
	assert.equal(await page.getByLabel('出生日期').inputValue(), '1988-03-07', 'the birthday comes from the number');
	await page.getByRole('button', { name: '提交登记' }).click();
	await page.getByText('请填写乡镇').waitFor();
	await face.look('registration with what is missing');
	await page.getByLabel('乡镇', { exact: true }).selectOption({ label: '红湾寺镇' });
	const village = page.getByLabel('村（社区）', { exact: true });
	await village.locator('option').nth(1).waitFor({ state: 'attached' });
	await village.selectOption({ index: 1 });
	await page.getByRole('group', { name: '户籍在本县吗？' }).getByLabel('是', { exact: true }).check();
	await page.getByRole('button', { name: '提交登记' }).click();
	await page.getByText('请至少上传一份材料').waitFor();
	await page.locator('input[type=file][multiple]').setInputFiles({ name: '身份证.png', mimeType: 'image/png', buffer: picture() });
	await page.getByText('已上传').waitFor();
	await face.look('registration filled in');
	await page.getByRole('button', { name: '提交登记' }).click();
	await page.getByRole('heading', { name: '登记已提交' }).waitFor();
	await face.look('registration asked');
	await acceptRegistration(s, 'town_office', who.name);
	await page.reload();
	await page.getByText('已通过').first().waitFor();
	await face.look('registration accepted');
	await face.go('/');
	await lookUp(page, who);
	await page.getByText('可以参保').waitFor();
	await page.getByLabel(/甘肃税务/).check();
	await page.getByRole('button', { name: '去缴费' }).click();
	await page.getByRole('img', { name: /付款二维码/ }).waitFor();
	await payAtChannel(face);
});

scene('when the service is away the page says so, keeps what was typed, and goes on afterwards', async (s) => {
	const who = s.somebody();
	const face = await s.phone();
	const { page } = face;

	await face.go('/');
	await page.getByLabel('姓名', { exact: true }).fill(who.name);
	await page.getByLabel('证件号码', { exact: true }).fill(who.number);
	face.quiet = true;
	await s.world.stop();
	await page.getByRole('button', { name: '查询', exact: true }).click();
	await page.getByRole('alert').first().waitFor();
	assert.match(await page.getByRole('alert').first().innerText(), /再试|网络/);
	assert.equal(await page.getByLabel('姓名', { exact: true }).inputValue(), who.name);
	await face.look('service away');
	await s.world.start();
	await page.getByRole('button', { name: '查询', exact: true }).click();
	await page.getByRole('heading', { name: '查询结果' }).waitFor();
	face.quiet = false;
});

const FIRST_PAGE_MAX = 80 * 1024;

scene('the first page comes in at most 80 KB, all told', async (s) => {
	const { total, each } = await weigh(s.browser, s.world.url, '/',
		(page) => page.getByRole('button', { name: '查询', exact: true }).waitFor());

	assert.ok(each.some((e) => /\.js$/.test(e.url) && e.encoding), 'scripts come compressed');
	assert.ok(total <= FIRST_PAGE_MAX, `${total} bytes: ${each.map((e) => `${e.url} ${e.bytes}`).join(', ')}`);
});
