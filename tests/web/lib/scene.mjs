// SPDX-License-Identifier: Apache-2.0
// A scenario: people at their screens in one county.  The world and the browser are made once for all of them.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { DESKTOP, launch, openFace, PHONE } from './browser.mjs';
import { logIn } from './offices.mjs';
import { World } from './world.mjs';

const MINUTES = 60000;
let world;
let browser;

before(async () => {
	world = await World.open();
	browser = await launch();
}, { timeout: 5 * MINUTES });

after(async () => {
	await browser?.close();
	await world?.close();
}, { timeout: MINUTES });

/** People nobody has used yet: a scenario that pays must not find that another one did. */
const spare = { next: 0 };

class Scene {
	constructor() {
		this.world = world;
		this.browser = browser;
		this.faces = [];
	}

	async face(options) {
		const face = await openFace(browser, world.url, options);

		this.faces.push(face);
		return face;
	}

	/** Somebody's telephone. */
	phone(options = {}) {
		return this.face({ size: PHONE, ...options });
	}

	/** The screen of an office: logged in with password and, when `strong`, the one-time code. */
	async office(account, { strong = false, size = DESKTOP } = {}) {
		const face = await this.face({ size });

		await face.go('/console/');
		await logIn(face, account, strong);
		return face;
	}

	somebody() {
		const who = world.people.spare[spare.next++];

		assert.ok(who, 'the made-up county has no more people who owe');
		return who;
	}

	async end(failed) {
		if (!world.serve)
			await world.start();
		for (const [i, face] of this.faces.entries()) {
			if (failed)
				await keep(face, `${failed}-${i}`);
			await face.close();
		}
	}
}

/** What the screen showed when a scenario failed. */
async function keep(face, name) {
	const words = await face.page.innerText('body').catch(() => '');

	console.error(`--- ${face.page.url()}\n${words.slice(0, 1500)}\n---`);
	if (process.env.CANBAO_WEB_SHOTS) {
		fs.mkdirSync(process.env.CANBAO_WEB_SHOTS, { recursive: true });
		await face.page.screenshot({ path: path.join(process.env.CANBAO_WEB_SHOTS, `${name}.png`), fullPage: true }).catch(() => {});
	}
}

/** The name begins with the clauses (docs/clauses.tsv) it holds, where it holds one. */
export function scene(name, play) {
	test(name, { timeout: 4 * MINUTES }, async () => {
		const s = new Scene();
		let failed = name.replace(/[^\p{L}\p{N}-]+/gu, '_').slice(0, 60);

		try {
			await play(s);
			for (const face of s.faces)
				face.fine();
			failed = '';
		} finally {
			await s.end(failed);
		}
	});
}
