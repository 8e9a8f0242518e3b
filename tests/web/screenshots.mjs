// SPDX-License-Identifier: Apache-2.0
// Pictures of the main pages, from the made-up county at 20 December: script/screenshots [FOLDER]
// On a telephone (390 × 844) and at a desk (1440 × 900).  Each is kept below 150 KB.

import fs from 'node:fs';
import path from 'node:path';
import { DESKTOP, launch, openFace, PHONE, settle } from './lib/browser.mjs';
import { logIn, menu, openPerson } from './lib/offices.mjs';
import { csv, idNumber, picture, wrongNumber } from './lib/papers.mjs';
import { addToVisit, lookUp } from './lib/residents.mjs';
import { World } from './lib/world.mjs';

const BYTES_MAX = 150 * 1024;
const folder = path.resolve(process.argv[2] ?? 'docs/img');
const world = await World.open();
const browser = await launch();

/** What is on the screen, in both widths, as PNG, or as WebP where a PNG would be too large. */
async function shot(face, name, sizes = [PHONE, DESKTOP], at = null) {
	const { page } = face;
	const before = page.viewportSize();

	for (const size of sizes) {
		await page.setViewportSize(size);
		if (at && size === PHONE)
			await at.evaluate((e) => e.scrollIntoView({ block: 'end' }));
		else
			await page.evaluate(() => window.scrollTo(0, 0));
		await settle(page);
		await page.waitForTimeout(700); // charts draw themselves
		let bytes = await page.screenshot({ type: 'png', animations: 'disabled', caret: 'hide' });
		let ext = 'png';
		if (bytes.length > BYTES_MAX) {
			const cdp = await face.context.newCDPSession(page);
			const made = await cdp.send('Page.captureScreenshot', { format: 'webp', quality: 80 });
			bytes = Buffer.from(made.data, 'base64');
			ext = 'webp';
			await cdp.detach();
		}
		const file = `${name}-${size.width}.${ext}`;
		for (const old of ['png', 'webp'])
			fs.rmSync(path.join(folder, `${name}-${size.width}.${old}`), { force: true });
		fs.writeFileSync(path.join(folder, file), bytes);
		console.log(`${String(bytes.length).padStart(7)}  ${file}`);
		if (bytes.length > BYTES_MAX)
			throw new Error(`${file} is larger than ${BYTES_MAX} bytes`);
	}
	await page.setViewportSize(before);
}

async function office(login) {
	const face = await openFace(browser, world.url, { size: DESKTOP });

	await face.go('/console/');
	await logIn(face, world.account(login));
	await face.page.getByRole('heading', { name: /您好/ }).waitFor();
	return face;
}

async function resident() {
	const face = await openFace(browser, world.url);
	const { page } = face;
	const { family } = world.people;

	await face.go('/');
	await page.getByLabel('姓名', { exact: true }).waitFor();
	await shot(face, 'resident-start');
	await page.getByRole('button', { name: '长辈版' }).click();
	await page.getByText(/第 1 步，共/).waitFor();
	await shot(face, 'resident-elder', [PHONE]);
	await page.getByRole('button', { name: '普通版' }).click();
	await lookUp(page, family[0]);
	await page.getByRole('button', { name: '为什么是这个数？' }).first().click();
	await page.getByRole('heading', { name: '这个数是这样算的' }).waitFor();
	await shot(face, 'resident-why');
	for (const who of family.slice(1))
		await addToVisit(page, who, who.book === family[0].book);
	await page.getByLabel(/甘肃税务/).check();
	await shot(face, 'resident-family', [PHONE, DESKTOP], page.locator('.basket'));
	await page.getByRole('button', { name: '去缴费' }).click();
	await page.getByRole('img', { name: /付款二维码/ }).waitFor();
	await shot(face, 'resident-pay');
	await page.getByRole('link', { name: '在这部手机上付款' }).click();
	await page.getByRole('button', { name: /^支付/ }).click();
	await page.getByText(/^支付成功/).waitFor();
	await page.getByRole('link', { name: /返回/ }).click();
	await page.getByRole('heading', { name: '缴费成功' }).waitFor();
	await shot(face, 'resident-paid');
	await face.close();
}

/** Somebody asks to be registered, somebody says that something is wrong: what then waits on the desks. */
async function papers() {
	const face = await openFace(browser, world.url);
	const { page } = face;

	await face.go('/register/new');
	await page.getByLabel('姓名', { exact: true }).fill('测试新人');
	await page.getByLabel('证件号码', { exact: true }).fill(idNumber('620721', '1988-03-07', '021'));
	await page.getByLabel('乡镇', { exact: true }).selectOption({ label: '红湾寺镇' });
	await page.getByLabel('村（社区）', { exact: true }).locator('option').nth(1).waitFor({ state: 'attached' });
	await page.getByLabel('村（社区）', { exact: true }).selectOption({ index: 1 });
	await page.getByRole('group', { name: '户籍在本县吗？' }).getByLabel('是', { exact: true }).check();
	await page.locator('input[type=file][multiple]').setInputFiles({ name: 'p.png', mimeType: 'image/png', buffer: picture() });
	await page.getByText('已上传').waitFor();
	await page.getByRole('button', { name: '提交登记' }).click();
	await page.getByRole('heading', { name: '登记已提交' }).waitFor();
	await face.go('/ticket');
	await page.getByLabel('查不到我的信息').check();
	await page.getByRole('combobox', { name: '乡镇' }).selectOption({ label: '红湾寺镇' });
	await page.getByRole('textbox', { name: '请写清楚一些' }).fill('去年在这里缴过，今年查不到');
	await page.getByRole('button', { name: '提交', exact: true }).click();
	await page.getByRole('heading', { name: '已收到，谢谢您' }).waitFor();
	await face.close();
}

async function town() {
	const face = await office('town_office');
	const { page } = face;
	const numbers = [1, 2, 3].map((n) => idNumber('620721', `1979-0${n}-11`, `33${n}`));

	await shot(face, 'console-desk');
	await menu(page, '参保登记审核');
	await page.getByRole('button', { name: '测试新人', exact: true }).click();
	await page.getByText('身份证').first().waitFor();
	await shot(face, 'console-registration', [DESKTOP]);
	await menu(page, '导入');
	await page.locator('input[type=file]').setInputFiles({ name: '红湾寺镇十二月新增.csv', mimeType: 'text/csv', buffer: csv([
		['姓名', '证件号码', '乡镇', '村', '户籍地', '常住地'],
		...['甲', '乙'].map((c, i) => [`测试${c}`, numbers[i], '红湾寺镇', '金店社区', '本县', '本县']),
		['测试丙', wrongNumber(numbers[2]), '红湾寺镇', '金店社区', '本县', '本县'],
		['测试丁', numbers[2], '红湾寺镇', '没有这个村', '本县', '本县']]) });
	await page.getByRole('region', { name: '前几行' }).waitFor();
	await shot(face, 'console-import-preview', [DESKTOP]);
	await page.getByRole('button', { name: '开始导入' }).click();
	await page.getByRole('button', { name: '下载退回文件' }).waitFor();
	await shot(face, 'console-import');
	await menu(page, '未参保台账');
	await page.getByRole('table').or(page.getByText('请先选村')).first().waitFor();
	await page.getByText('金店社区').first().click();
	await page.getByRole('table').waitFor();
	await shot(face, 'console-missing');
	await face.close();
}

async function bureau() {
	const face = await office('insurance');
	const { page } = face;

	await openPerson(page, world.people.helped);
	await shot(face, 'console-person');
	await menu(page, '政策');
	await page.getByRole('heading', { name: '政策', exact: true }).waitFor();
	await page.getByText('集中缴费').first().waitFor();
	await shot(face, 'console-policy', [DESKTOP]);
	await menu(page, '收款');
	await page.getByRole('table').waitFor();
	await shot(face, 'console-money', [DESKTOP]);
	await face.close();
}

async function tax() {
	const face = await office('tax');
	const { page } = face;

	await menu(page, '进度排名');
	await page.getByRole('table').waitFor();
	await shot(face, 'console-progress');
	await page.getByRole('tab', { name: '每日进度' }).click();
	await page.getByRole('img', { name: /每日参保/ }).waitFor();
	await shot(face, 'console-days', [DESKTOP]);
	await face.go('/console/screen');
	await page.getByText('集中缴费还剩').waitFor();
	await shot(face, 'console-screen', [DESKTOP]);
	await face.close();
}

try {
	fs.mkdirSync(folder, { recursive: true });
	await papers();
	for (const part of [resident, town, bureau, tax])
		await part();
} finally {
	await browser.close();
	await world.close();
}
