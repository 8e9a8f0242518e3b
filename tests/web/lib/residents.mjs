// SPDX-License-Identifier: Apache-2.0
// What a resident does at the page, step by step.

import assert from 'node:assert/strict';

export async function lookUp(page, who) {
	await page.getByLabel('姓名', { exact: true }).fill(who.name);
	await page.getByLabel('证件号码', { exact: true }).fill(who.number);
	await page.getByRole('button', { name: '查询', exact: true }).click();
	await page.getByRole('heading', { name: '查询结果' }).waitFor();
}

/** Somebody of the same household book by the last four of the number; the page shows masked names only. */
async function addMember(page, who) {
	const rows = page.locator('.member', { has: page.getByRole('button', { name: '加入一起缴' }) }).filter({ hasText: who.name[0] });
	const cards = await page.getByRole('article').count();
	const more = page.getByRole('article').nth(cards);
	const bad = page.getByRole('alert');

	for (let i = 0; i < await rows.count(); i++) {
		const row = rows.nth(i);
		await row.getByRole('button', { name: '加入一起缴' }).click();
		await page.getByLabel(/后 4 位$/).fill(who.number.slice(-4));
		await page.getByRole('button', { name: '确定加入' }).click();
		await more.or(bad).first().waitFor();
		if (await bad.count() === 0)
			return;
		await page.getByRole('button', { name: '收起' }).last().click();
	}
	assert.fail(`${who.name} is of the household and can be added by the last four digits`);
}

async function addOther(page, who) {
	const cards = await page.getByRole('article').count();

	await page.getByRole('button', { name: /给别的家人缴/ }).click();
	await page.getByLabel('姓名', { exact: true }).fill(who.name);
	await page.getByLabel('证件号码', { exact: true }).fill(who.number);
	await page.getByRole('button', { name: '查询并加入' }).click();
	await page.getByRole('article').nth(cards).waitFor();
}

/** One more person to pay for. */
export function addToVisit(page, who, sameBook) {
	return sameBook ? addMember(page, who) : addOther(page, who);
}

export async function payAtChannel(face) {
	const { page } = face;

	await page.getByRole('link', { name: '在这部手机上付款' }).click();
	await page.getByRole('button', { name: /^支付/ }).click();
	await page.getByText(/^支付成功/).waitFor();
	await page.getByRole('link', { name: /返回/ }).click();
	await page.getByRole('heading', { name: '缴费成功' }).waitFor();
}

/** How an element and what lies around it is drawn; the element is remembered as `window.tabbed`. */
function drawn(page) {
	return page.evaluate(() => {
		const out = [];

		for (let e = window.tabbed; e && out.length < 18; e = e.parentElement)
			for (const part of [null, '::before', '::after']) {
				const s = getComputedStyle(e, part);
				out.push([s.outline, s.boxShadow, s.borderColor, s.backgroundColor, s.textDecoration].join());
			}
		return out.join('\n');
	});
}

/** Does it look another way with the focus than without? */
async function focusSeen(page) {
	await page.evaluate(() => { window.tabbed = document.activeElement; });
	await page.waitForTimeout(350); // transitions
	const focused = await drawn(page);
	await page.evaluate(() => window.tabbed.blur());
	await page.waitForTimeout(350);
	const left = await drawn(page);
	await page.evaluate(() => window.tabbed.focus());
	return focused !== left;
}

/** Press Tab until the focus is where `wanted` says; a person without a mouse has no other way. */
export async function tabTo(page, wanted, name) {
	for (let i = 0; i < 120; i++) {
		await page.keyboard.press('Tab');
		const at = await page.evaluate(() => {
			const e = document.activeElement;
			const words = [e.getAttribute('aria-label'), e.labels?.[0]?.innerText, e.innerText, e.value].filter(Boolean).join('\n');

			return { tag: e.tagName, type: e.type ?? '', words };
		});

		if (wanted(at)) {
			assert.ok(await focusSeen(page), `the focus on ${name} can be seen`);
			return;
		}
	}
	assert.fail(`${name} cannot be reached with Tab`);
}
