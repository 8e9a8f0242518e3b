// SPDX-License-Identifier: Apache-2.0
// The console: what the offices do.

import assert from 'node:assert/strict';
import { DESKTOP, downloaded } from './lib/browser.mjs';
import {
	choose, codeOf, importFile, jobCounts, logIn, menu, openPerson, search, showCode, villagesOf,
} from './lib/offices.mjs';
import { csv, idNumber, wrongNumber } from './lib/papers.mjs';
import { lookUp, tabTo } from './lib/residents.mjs';
import { scene } from './lib/scene.mjs';

scene('log in: a wrong password says so, a session lasts, logging out ends it', async (s) => {
	const face = await s.face({ size: DESKTOP });
	const { page } = face;
	const clerk = s.world.account('town_office');

	await face.go('/console/');
	await page.getByLabel('账号', { exact: true }).waitFor();
	await face.look('log-in');
	await page.getByLabel('账号', { exact: true }).fill(clerk.login);
	await page.getByLabel('密码', { exact: true }).fill('not-this-one-1');
	await page.getByRole('button', { name: '登录', exact: true }).click();
	await page.getByRole('alert').first().waitFor();
	assert.equal(await page.getByLabel('账号', { exact: true }).inputValue(), clerk.login, 'what was typed is kept');
	await face.look('wrong password');
	await page.getByLabel('密码', { exact: true }).fill(clerk.password);
	await page.getByRole('button', { name: '登录', exact: true }).click();
	await page.getByRole('heading', { name: /您好/ }).waitFor();
	await page.reload();
	await page.getByRole('heading', { name: /您好/ }).waitFor();
	await page.getByRole('button', { name: new RegExp(clerk.name) }).click();
	await page.getByRole('menuitem', { name: '退出登录' }).click();
	await page.getByLabel('账号', { exact: true }).waitFor();
	await face.go('/console/people');
	await page.getByLabel('账号', { exact: true }).waitFor();
});

scene('unmasking asks for a reason, and the resident sees who looked and why', async (s) => {
	const who = s.somebody();
	const bureau = await s.office(s.world.account('insurance'));
	const { page } = bureau;

	await openPerson(page, who);
	await bureau.look('person');
	assert.ok(!(await page.content()).includes(who.number), 'the number is masked');
	await page.getByRole('button', { name: '查看完整号码' }).click();
	await page.getByLabel('事由').fill('核对');
	await page.getByRole('button', { name: '查看', exact: true }).click();
	await page.getByText('至少写 4 个字').waitFor();
	await bureau.look('unmask dialog');
	await page.getByLabel('事由').fill('电话核实缴费金额');
	await page.getByRole('button', { name: '查看', exact: true }).click();
	await page.getByText(who.number).first().waitFor();
	const phone = await s.phone();
	await phone.go('/');
	await lookUp(phone.page, who);
	await phone.page.getByRole('navigation', { name: '主要页面' }).getByRole('link', { name: '我的记录' }).click();
	await phone.page.getByText('电话核实缴费金额').waitFor();
	const looks = phone.page.locator('section', { has: phone.page.getByRole('heading', { name: '谁看过我的信息' }) });
	assert.match(await looks.innerText(), /医保局\s*看了完整号码/);
	await phone.look('who looked');
});

scene('LB-21 LB-41: a village agent takes a payment from the list of who is missing, with the one-time code', async (s) => {
	const clerk = s.world.account('village_agent');
	const agent = await s.office(clerk);
	const { page } = agent;

	await menu(page, '未参保台账');
	await page.getByRole('table').waitFor();
	await agent.look('missing, village agent');
	const row = page.getByRole('row').filter({ hasText: '380.00' }).first();
	const name = await row.getByRole('link').first().innerText();
	await row.getByRole('link').first().click();
	await page.getByRole('heading', { name: '核定结论' }).waitFor();
	await page.getByRole('button', { name: '代收缴费' }).click();
	await page.getByLabel('凭单号或 POS 流水号').fill('SLIP-0001');
	await choose(page, '渠道', /柜台/);
	await agent.look('take a payment');
	await page.getByRole('button', { name: /确认已收/ }).click();
	await showCode(page, clerk);
	await page.getByText('已入账', { exact: true }).waitFor();
	await agent.look('payment taken');
	await page.getByRole('button', { name: '完成' }).click();
	await page.getByText('应缴单 已缴').waitFor();
	await menu(page, '未参保台账');
	await page.getByRole('table').waitFor();
	assert.equal(await page.getByRole('link', { name, exact: true }).count(), 0, 'who has paid is not missing any more');
});

scene('with the keyboard only: log in, search, open a person', async (s) => {
	const face = await s.face({ size: DESKTOP });
	const { page } = face;
	const who = s.somebody();
	const clerk = s.world.account('insurance');

	await face.go('/console/');
	await page.getByLabel('账号', { exact: true }).waitFor();
	await page.keyboard.type(clerk.login); // the first field has the focus
	await tabTo(page, (at) => at.type === 'password', 'the password');
	await page.keyboard.type(clerk.password);
	await page.keyboard.press('Enter');
	await page.getByRole('heading', { name: /您好/ }).waitFor();
	await tabTo(page, (at) => at.tag === 'A' && at.words.includes('居民查询'), 'the menu');
	await page.keyboard.press('Enter');
	await page.locator('#what:focus').waitFor();
	await page.keyboard.type(who.number);
	await page.keyboard.press('Enter');
	await page.getByText(/^查到 1 人/).waitFor();
	await tabTo(page, (at) => at.tag === 'A' && at.words.includes(who.name), 'the person');
	await page.keyboard.press('Enter');
	await page.getByRole('heading', { name: '核定结论' }).waitFor();
});

scene('a town clerk imports a list with errors, gets them back, mends them, imports again', async (s) => {
	const [village] = villagesOf(s.world, '红湾寺镇');
	const [elsewhere] = villagesOf(s.world, '皇城镇');
	const numbers = [1, 2, 3, 4, 5].map((n) => idNumber('620721', `1979-0${n}-11`, `33${n}`));
	const line = (i, number, place, town = '红湾寺镇') => [`测试导${'甲乙丙丁戊'[i]}`, number, town, place, '本县', '本县'];
	const head = ['姓名', '证件号码', '乡镇', '村', '户籍地', '常住地'];
	const bytes = csv([head, line(0, numbers[0], village), line(1, numbers[1], village), line(2, wrongNumber(numbers[2]), village),
		line(3, numbers[3], '没有这个村'), line(4, numbers[4], elsewhere, '皇城镇')]);
	const town = await s.office(s.world.account('town_office'));
	const { page } = town;

	const first = await importFile(town, { name: '红湾寺镇十二月新增.csv', bytes, kind: '户籍、常住人口' });
	assert.equal(first['新增'], 2);
	assert.equal(first['退回'], 3);
	await town.look('import with rows that came back');
	const back = await downloaded(page, () => page.getByRole('button', { name: '下载退回文件' }).click());
	assert.match(back.name, /退回/);
	const rows = back.bytes.toString('utf8').replace(/^\ufeff/, '').trim().split(/\r?\n/).map((l) => l.split(','));
	assert.equal(rows.length, 4, 'the heading and the three bad rows');
	assert.deepEqual(rows[0].slice(0, 6), head, "the sender's own columns");
	assert.match(rows[1].at(-1), /证件号码|校验/);
	assert.match(rows[2].at(-1), /村/);
	assert.match(rows[3].at(-1), /不属于本辖区/);
	rows[1][1] = numbers[2];
	rows[2][3] = village;
	const second = await importFile(town, { name: back.name, bytes: csv(rows.slice(0, 3)), kind: '户籍、常住人口' });
	assert.equal(second['新增'], 2);
	assert.equal(second['退回'], 0);
	await town.look('mended import');
	await openPerson(page, { name: '测试导丙', number: numbers[2] });
	await page.getByRole('button', { name: new RegExp(s.world.account('town_office').name) }).waitFor();
});

scene('SQ-28 LB-14: the bureau marks a category, assesses the county, and the page says why', async (s) => {
	const who = s.somebody();
	const bureau = await s.office(s.world.account('insurance'));
	const { page } = bureau;

	await openPerson(page, who);
	assert.match(await page.locator('.verdict').innerText(), /380\.00/);
	const bytes = csv([['姓名', '证件号码', '身份类别', '纳入资助时间'], [who.name, who.number, '农村二类低保', '2023-12-01']]);
	const counts = await importFile(bureau, { name: '民政十二月补充.csv', bytes, kind: '困难群众名单', department: '民政' });
	assert.equal(counts['新增'], 1);
	await menu(page, '核定');
	await bureau.look('assessment');
	await page.getByRole('button', { name: '开始核定' }).click();
	await page.getByRole('button', { name: '开始', exact: true }).click();
	await jobCounts(page);
	await bureau.look('assessment done');
	await openPerson(page, who);
	assert.match(await page.locator('.verdict').innerText(), /70\.00/);
	const steps = await page.locator('.steps').innerText();
	assert.match(steps, /农村二类低保/);
	assert.match(steps, /二\(三\)2/, 'each step cites its clause');
	await page.getByRole('table', { name: /身份/ }).or(page.getByText('农村二类低保')).first().waitFor();
	await bureau.look('why of a person');
});

scene('a tax officer follows the day: ranking, a town and its villages, the curve, the large screen', async (s) => {
	const tax = await s.office(s.world.account('tax'));
	const { page } = tax;

	await tax.look('desk, tax');
	await menu(page, '进度排名');
	await page.getByRole('table').waitFor();
	const rows = await page.getByRole('table').getByRole('row').allInnerTexts();
	assert.ok(rows.some((r) => /皇城镇/.test(r)) && rows.some((r) => /合计/.test(r)));
	await tax.look('ranking');
	await page.getByRole('table').getByRole('button', { name: '皇城镇' }).or(page.getByRole('table').getByRole('link', { name: '皇城镇' })).first().click();
	await page.getByRole('tab', { name: '各村排名' }).waitFor();
	const [village] = villagesOf(s.world, '皇城镇');
	await page.getByRole('table').getByText(village).first().waitFor();
	await tax.look('villages of a town');
	await page.getByRole('tab', { name: '每日进度' }).click();
	await page.getByRole('img', { name: /每日参保/ }).waitFor();
	await tax.look('day by day');
	await page.getByRole('tab', { name: '困难群众' }).click();
	await page.getByRole('table').waitFor();
	await tax.look('special groups');
	await page.getByRole('link', { name: '大屏' }).click();
	await page.getByText('集中缴费还剩').waitFor();
	await page.getByText('皇城镇').first().waitFor();
	await tax.look('large screen');
});

scene('a sibling town sees nothing of the first: search, a typed address, who is missing, tickets', async (s) => {
	const name = '测试邻镇';
	const number = idNumber('620721', '1981-05-06', '551');
	const [village] = villagesOf(s.world, '红湾寺镇');
	const own = await s.office(s.world.account('town_office'));
	await importFile(own, { name: '邻镇看不到.csv', kind: '户籍、常住人口', bytes: csv([
		['姓名', '证件号码', '乡镇', '村', '户籍地', '常住地'], [name, number, '红湾寺镇', village, '本县', '本县']]) });
	await openPerson(own.page, { name, number });
	const address = new URL(own.page.url()).pathname;
	const phone = await s.phone();
	await phone.go('/ticket');
	await phone.page.getByLabel('查不到我的信息').check();
	await phone.page.getByRole('combobox', { name: '乡镇' }).selectOption({ label: '红湾寺镇' });
	await phone.page.getByRole('textbox', { name: '请写清楚一些' }).fill('红湾寺镇的事情');
	await phone.page.getByRole('button', { name: '提交', exact: true }).click();
	await phone.page.getByRole('heading', { name: '已收到，谢谢您' }).waitFor();
	await menu(own.page, '数据障碍');
	await own.page.getByRole('table').waitFor();
	const mine = await own.page.getByRole('table').getByRole('row').count();

	const sibling = await s.office(s.world.account('town_office2'));
	const { page } = sibling;
	await search(page, number);
	await page.getByText('没有查到', { exact: true }).first().waitFor();
	await search(page, name);
	await page.getByText('没有查到', { exact: true }).first().waitFor();
	await sibling.look('nobody found, office');
	await sibling.go(address);
	await page.getByRole('alert').first().waitFor();
	assert.ok(!(await page.innerText('body')).includes(name), 'the name does not appear');
	await sibling.look('not of my area');
	await sibling.go('/console/missing');
	await page.getByText('皇城镇').first().waitFor();
	assert.equal(await page.getByRole('main').getByText('红湾寺镇').count(), 0);
	await menu(page, '数据障碍');
	await page.getByRole('table').or(page.getByText('没有数据障碍')).first().waitFor();
	assert.ok(await page.getByRole('table').getByRole('row').filter({ hasText: '红湾寺镇' }).count() === 0);
	assert.ok(mine > 1, 'the town itself has it');
	await menu(page, '收款');
	await page.getByRole('table').or(page.getByText('没有缴费记录')).first().waitFor();
	const ask = async (code) => {
		const reply = await page.request.get(`${s.world.url}/api/v1/missing?division=${code}`);
		const said = await reply.json();

		return { status: reply.status(), code: said.code, zh: said.zh, items: said.items };
	};
	const theirs = await ask(codeOf(s.world, village));
	assert.ok(theirs.status >= 400 && theirs.items === undefined, 'a village of the other town');
	assert.deepEqual(theirs, await ask('620721999999'), 'it looks like one that does not exist');
});

scene('an export needs a second person, and its file a download that is recorded', async (s) => {
	const asker = s.world.account('tax');
	const maker = await s.office(asker);
	const { page } = maker;

	await menu(page, '收款');
	await page.getByRole('table').waitFor();
	await maker.look('payments');
	await page.getByRole('button', { name: '申请导出' }).click();
	await page.getByLabel('CSV').check();
	await page.getByLabel('用途').fill('与银行对账');
	await maker.look('ask for an export');
	await page.getByRole('button', { name: '提交申请' }).click();
	await showCode(page, asker);
	await page.getByRole('heading', { name: '导出', exact: true }).waitFor();
	const row = page.getByRole('row').filter({ hasText: '与银行对账' });
	await row.getByText('待批准').waitFor();
	assert.equal(await row.getByRole('button', { name: '批准', exact: true }).count(), 0, 'nobody approves their own');
	const checker = s.world.account('finance');
	const other = await s.office(checker, { strong: true });
	await menu(other.page, '导出');
	await other.look('exports to decide');
	await other.page.getByRole('row').filter({ hasText: '与银行对账' }).getByRole('button', { name: '批准', exact: true }).click();
	await other.page.getByText('已批准，文件生成中').waitFor();
	for (let i = 0; i < 40 && await row.getByText('可下载').count() === 0; i++) {
		await page.getByRole('button', { name: '刷新' }).click();
		await page.waitForTimeout(250);
	}
	const file = await downloaded(page, () => row.getByRole('button', { name: '下载' }).click());
	const lines = file.bytes.toString('utf8').replace(/^\ufeff/, '').trim().split(/\r?\n/).map((l) => l.split(','));
	assert.match(lines[0].join(), /^姓名,证件号码.*导出标记$/);
	assert.match(lines.pop().join(), /申请人 tax，批准人 finance；用途：与银行对账/);
	assert.ok(lines.length > 100);
	for (const line of lines.slice(1)) {
		assert.match(line.join(), /,\d+·tax$/); // each row says which export it is and who asked
		assert.match(line[1], /^(\d{6}\*{8}\d{3}[\dX])?$/, 'masked');
	}
});

scene('a session that ends in the middle of a form costs nothing that was typed', async (s) => {
	const account = s.world.account('town_office');
	const town = await s.office(account);
	const { page } = town;

	await importTicket(s);
	await menu(page, '数据障碍');
	await page.getByRole('table').getByRole('button').first().click();
	await page.getByRole('table').getByRole('button', { name: /不对|查不到|显示|其他/ }).first().click();
	await page.getByLabel(/^答复（/).fill('写到一半的答复');
	await town.context.clearCookies();
	await page.getByRole('button', { name: '答复', exact: true }).click();
	await page.getByText('登录已过期').waitFor();
	await town.look('session over');
	await logIn(town, account);
	await page.getByLabel(/^答复（/).waitFor();
	assert.equal(await page.getByLabel(/^答复（/).inputValue(), '写到一半的答复');
});

async function importTicket(s) {
	const phone = await s.phone();

	await phone.go('/ticket');
	await phone.page.getByLabel('其他问题').check();
	await phone.page.getByRole('combobox', { name: '乡镇' }).selectOption({ label: '红湾寺镇' });
	await phone.page.getByRole('textbox', { name: '请写清楚一些' }).fill('请问什么时候截止');
	await phone.page.getByRole('button', { name: '提交', exact: true }).click();
	await phone.page.getByRole('heading', { name: '已收到，谢谢您' }).waitFor();
}

scene('when the service is away the console says so and goes on afterwards', async (s) => {
	const who = s.somebody();
	const bureau = await s.office(s.world.account('insurance'));
	const { page } = bureau;

	await menu(page, '居民查询');
	await page.getByLabel('证件号码或姓名').waitFor();
	bureau.quiet = true;
	await s.world.stop();
	await page.getByLabel('证件号码或姓名').fill(who.number);
	await page.getByRole('button', { name: '查询', exact: true }).click();
	await page.getByRole('alert').first().waitFor();
	assert.equal(await page.getByLabel('证件号码或姓名').inputValue(), who.number);
	await bureau.look('service away, console');
	await s.world.start();
	await page.getByRole('button', { name: '查询', exact: true }).click();
	await page.getByText(/^查到 \d+ 人|^只列出前/).first().waitFor();
	await s.world.stop();
	await menu(page, '政策'); // a page that was not opened before has to be fetched
	await page.getByText('页面没有打开').waitFor();
	await s.world.start();
	await page.getByRole('button', { name: '重试' }).click();
	await page.getByRole('heading', { name: '政策', exact: true }).waitFor();
	bureau.quiet = false;
});

scene('the console speaks English when asked', async (s) => {
	const bureau = await s.office(s.world.account('insurance'));
	const { page } = bureau;

	await page.getByRole('button', { name: 'English' }).click();
	await page.getByRole('navigation', { name: 'Main menu' }).waitFor();
	await bureau.look('desk in English');
	await page.reload();
	await page.getByRole('navigation', { name: 'Main menu' }).waitFor();
});
