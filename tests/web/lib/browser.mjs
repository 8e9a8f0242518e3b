// SPDX-License-Identifier: Apache-2.0
// Debian's Chromium, driven: one browser for all scenarios, a fresh context (no cookies, no storage) for each face.
// Everything a page complains about is kept, and `look` holds a page against WCAG (axe-core) and its width.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const require = createRequire(import.meta.url);
const AXE = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1440, height: 900 };
const FLAGS = [
	'--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
	'--disable-component-update', '--disable-sync', '--disable-dev-shm-usage', '--font-render-hinting=none',
];

/** The browser; playwright gives it a new empty profile folder and removes it at the end. */
export function launch() {
	return chromium.launch({
		executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
		headless: true,
		args: FLAGS,
	});
}

/** A page's address without what names a person or an order. */
function shown(url) {
	return url.replace(/^https?:\/\/[^/]+/, '').replace(/[?#].*$/, '');
}

/** One person at one screen: a context with its own cookies, one page, and what went wrong on it. */
export class Face {
	constructor(context, page, base) {
		this.context = context;
		this.page = page;
		this.base = base;
		this.wrong = [];
		this.quiet = false; // a stopped server makes the browser itself complain
		page.on('pageerror', (e) => this.wrong.push(`${shown(page.url())}: ${e.message}`));
		page.on('console', (m) => this.#console(m));
		page.on('response', (r) => {
			if (r.status() >= 500 && !this.quiet)
				this.wrong.push(`${r.request().method()} ${shown(r.url())}: ${r.status()}`);
		});
	}

	// Chromium writes a line for every 4xx answer.  Those are answers a page must live with (not logged in, not
	// found); scenarios assert them where they matter.
	#console(m) {
		const refused = /Failed to load resource: .*status of 4\d\d/.test(m.text());
		const lost = this.quiet && /Failed to (load resource|fetch)|net::ERR|EventSource/.test(m.text());

		if (m.type() === 'error' && !refused && !lost)
			this.wrong.push(`${shown(this.page.url())}: console: ${m.text()}`);
	}

	go(path) {
		return this.page.goto(this.base + path, { waitUntil: 'load' });
	}

	/** Hold the page as it stands against axe-core and the phone's width, at both sizes. */
	async look(name, { sizes = [PHONE, DESKTOP] } = {}) {
		const before = this.page.viewportSize();

		for (const size of sizes) {
			await this.page.setViewportSize(size);
			await settle(this.page);
			await this.#axe(`${name} @${size.width}`);
			await this.#width(`${name} @${size.width}`);
		}
		await this.page.setViewportSize(before);
		await settle(this.page);
	}

	async #axe(where) {
		// evaluate() comes in by the debugger, so the page's Content-Security-Policy stays as it is.
		await this.page.evaluate(AXE);
		const found = await this.page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));

		for (const v of found.violations) {
			if (v.impact !== 'serious' && v.impact !== 'critical')
				continue;
			const nodes = v.nodes.slice(0, 4).map((n) => `${n.target.join(' ')} — ${(n.failureSummary ?? '').split('\n')[1]?.trim()}`);
			this.wrong.push(`${where}: axe ${v.impact} ${v.id} (${v.nodes.length}): ${v.help}\n      ${nodes.join('\n      ')}`);
		}
	}

	async #width(where) {
		const over = await this.page.evaluate(() => {
			const root = document.documentElement;

			if (root.scrollWidth <= root.clientWidth)
				return null;
			const wide = [...document.querySelectorAll('body *')].filter(
				(e) => e.getBoundingClientRect().right > root.clientWidth + 1 && getComputedStyle(e).position !== 'fixed');

			return `${root.scrollWidth} > ${root.clientWidth}: ${wide.slice(0, 3).map((e) => e.tagName + '.' + e.className).join(', ')}`;
		});

		if (over)
			this.wrong.push(`${where}: wider than the screen: ${over}`);
	}

	/** Nothing may have gone wrong on this face. */
	fine() {
		assert.deepEqual([...new Set(this.wrong)], [], `the pages complained:\n    ${this.wrong.join('\n    ')}`);
	}

	close() {
		return this.context.close();
	}
}

/** Let layout, pictures and short transitions come to rest. */
export async function settle(page) {
	await page.evaluate(async () => {
		await document.fonts?.ready;
		await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
		const running = document.getAnimations().filter((a) => Number.isFinite(a.effect?.getComputedTiming().endTime));

		await Promise.race([
			Promise.allSettled(running.map((a) => a.finished)),
			new Promise((done) => setTimeout(done, 1500)),
		]);
	});
}

export async function openFace(browser, base, { size = PHONE, ...options } = {}) {
	const context = await browser.newContext({
		viewport: size, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', acceptDownloads: true, ...options,
	});
	const page = await context.newPage();

	page.setDefaultTimeout(20000);
	return new Face(context, page, base);
}

/** A download that `press` starts, as bytes and its suggested name. */
export async function downloaded(page, press) {
	const [download] = await Promise.all([page.waitForEvent('download'), press()]);
	const path = await download.path();

	return { name: download.suggestedFilename(), bytes: fs.readFileSync(path), path };
}
