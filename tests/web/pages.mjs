// SPDX-License-Identifier: Apache-2.0
// Every page that a role's menu offers, looked at in both widths: nothing serious for axe-core, nothing wider than a
// phone, no complaint of the browser.

import assert from 'node:assert/strict';
import { PHONE } from './lib/browser.mjs';
import { scene } from './lib/scene.mjs';

const ROLES = [
	'village_agent', 'town_office', 'school', 'insurance', 'tax', 'finance', 'civil_affairs', 'rural_revitalisation',
	'disabled_federation', 'veterans', 'health', 'education', 'public_security', 'bank', 'supervision', 'auditor',
	'system_admin', 'security_admin', 'audit_admin',
];
// Looking takes a second or two a page; who shows the same pages as another is looked at on the desk only.
const WHOLE = new Set(['village_agent', 'town_office', 'insurance', 'tax', 'civil_affairs', 'bank', 'auditor', 'system_admin',
	'security_admin', 'audit_admin']);

for (const role of ROLES)
	scene(`pages of ${role}: reachable from the menu, in both widths`, async (s) => {
		const face = await s.office(s.world.account(role), { strong: true }); // exports and accounts ask for it at once
		const { page } = face;
		const items = page.getByRole('navigation', { name: '主菜单' }).getByRole('link');
		const names = await items.allInnerTexts();

		assert.ok(names.length > 0);
		for (const name of names) {
			await page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name, exact: true }).click();
			await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
			await page.locator('.skeleton').first().waitFor({ state: 'detached' });
			assert.equal(await page.getByRole('main').locator('.problem').count(), 0, `${name}: ${await page.getByRole('main').innerText()}`);
			if (WHOLE.has(role) || name === '工作台')
				await face.look(`${role}: ${name}`);
		}
	});

scene('pages nobody leads to: lost, one’s password, one’s authenticator', async (s) => {
	const face = await s.office(s.world.account('insurance'));

	for (const path of ['/console/no-such-page', '/console/password', '/console/totp']) {
		await face.go(path);
		await face.page.getByRole('heading').first().waitFor();
		await face.look(path);
	}
	const phone = await s.phone();
	for (const path of ['/record', '/progress', '/ticket', '/register', '/register/new', '/register/newborn', '/order/none']) {
		await phone.go(path);
		await phone.page.getByRole('heading', { level: 1 }).waitFor();
		await phone.look(path);
	}
});

scene('the look itself finds what is wrong: a picture without words, pale type, a wide page, a script that fails', async (s) => {
	const face = await s.phone();
	const { page } = face;

	await page.goto('about:blank');
	await page.setContent(`<!doctype html><html lang="zh"><title>x</title><main><h1 style="color:#bbb">看不清的字</h1>
		<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><div style="width:600px">宽</div></main></html>`);
	await page.evaluate(() => { setTimeout(() => { throw new Error('planted'); }, 0); });
	await face.look('bad page', { sizes: [PHONE] });
	const said = face.wrong.splice(0).join('\n');
	for (const what of [/image-alt/, /color-contrast/, /wider than the screen/, /planted/])
		assert.match(said, what);
});
