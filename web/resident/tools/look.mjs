// SPDX-License-Identifier: Apache-2.0
// Walks every page in the built site with Debian's Chromium, at 390 and 1440 px, in both modes, keeps a picture of
// each and lets axe-core judge it.  Fails on a serious violation, a policy (CSP) violation, sideways scrolling, a
// script error, or in the older people's mode on words under 24 px and on targets under 56 px.
//
//     npm run build && node tools/look.mjs [FOLDER] [--only WORD]
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { preview } from 'vite';

const require = createRequire(import.meta.url);
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const args = process.argv.slice(2);
const only = args.includes('--only') ? args[args.indexOf('--only') + 1] : '';
const out = args.find((a, i) => !a.startsWith('--') && args[i - 1] !== '--only') || join(tmpdir(), 'canbao-look');
const MOTHER = ['安雪梅', '620721198204120021'], REFUSED = ['贺铁山', ''], WAITING = ['白云飞', ''], NOBODY = ['无此人', '62072119900615004X'];
const CHECKS = '10X98765432', WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const number = (n) => n + CHECKS[[...n].reduce((s, d, i) => s + WEIGHTS[i] * Number(d), 0) % 11];

MOTHER[1] = number('62072119820412002');
REFUSED[1] = number('62072119680909001');
WAITING[1] = number('62072119950703001');
NOBODY[1] = number('62072119900615004');
const TAIL = number('62072119790823003').slice(-4);

const server = await preview({ root: new URL('..', import.meta.url).pathname, logLevel: 'silent', preview: { port: 0, strictPort: false } });
const base = server.resolvedUrls.local[0].replace(/\/$/, '');
const profile = mkdtempSync(join(tmpdir(), 'canbao-look-'));
const browser = await chromium.launchPersistentContext(profile, {
	executablePath: '/usr/bin/chromium', headless: true, bypassCSP: false, reducedMotion: 'reduce',
	args: ['--no-sandbox', '--disable-background-networking'],
});
mkdirSync(out, { recursive: true });
const findings = [];
let pictures = 0;

async function judge(page, name, elder) {
	const say = (text) => findings.push(`${name}: ${text}`);

	await page.screenshot({ path: join(out, `${name}.png`), fullPage: true });
	pictures++;
	const found = await page.evaluate(async ({ elder }) => {
		const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
		const small = [], low = [];
		if (elder) {
			const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
			for (let n = walk.nextNode(); n; n = walk.nextNode()) {
				const el = n.parentElement;
				if (n.textContent.trim() && el.getClientRects().length && parseFloat(getComputedStyle(el).fontSize) < 24) {
					small.push(n.textContent.trim().slice(0, 20));
				}
			}
			for (const el of document.querySelectorAll('button, .button, .option, .input, .door, .way, .menu a')) {
				const box = el.getBoundingClientRect();
				if (box.height && box.height < 55.5) {
					low.push(`${el.textContent.trim().slice(0, 20)} ${Math.round(box.height)}`);
				}
			}
		}
		return { wide, small, low };
	}, { elder });
	// axe is handed in by the debugger, which the page's policy does not bind.
	const axe = await page.evaluate(`${AXE}; axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`);
	if (found.wide > 0) {
		say(`scrolls sideways by ${found.wide} px`);
	}
	found.small.forEach((s) => say(`under 24 px: ${s}`));
	found.low.forEach((s) => say(`target too low: ${s}`));
	axe.violations.forEach((v) => say(`axe ${v.impact} ${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(' | ')}`));
}

async function lookUp(page, [name, doc], elder) {
	await page.goto(`${base}/`);
	await page.fill('#name', name);
	if (elder) {
		await page.click('.step-buttons .button-main');
	}
	await page.fill('#number', doc);
	await page.click('.send .button-main');
	await page.waitForURL('**/people');
	await page.waitForSelector('.person');
}

const WALKS = {
	async home({ page, shot, elder }) {
		await page.goto(`${base}/`);
		await page.waitForSelector('#name');
		await shot('home');
		await page.fill('#name', elder ? '安雪梅' : '');
		if (elder) {
			await page.click('.step-buttons .button-main');
			await shot('home-2');
		}
		await page.fill('#number', '620721 19820412 ００２８');
		await page.click('.send .button-main');
		await page.waitForSelector('.error');
		await shot('home-errors');
	},
	async seasons({ page, shot }) {
		await page.request.get(`${base}/mock/reset?two=1&phase=after`);
		await page.goto(`${base}/`);
		await page.waitForSelector('fieldset');
		await shot('home-two-years-after');
		await page.request.get(`${base}/mock/reset?demo=no&phase=before`);
		await page.goto(`${base}/`);
		await page.waitForSelector('.note');
		await shot('home-before');
	},
	async busy({ page, shot, elder }) {
		await page.goto(`${base}/`);
		await page.fill('#name', '忙人');
		if (elder) {
			await page.click('.step-buttons .button-main');
		}
		await page.fill('#number', NOBODY[1]);
		await page.click('.send .button-main');
		await page.waitForSelector('.note-bad');
		await shot('home-busy');
		if (await page.inputValue('#number') !== NOBODY[1]) {
			findings.push('home-busy: what was typed is lost');
		}
	},
	async refused({ page, shot, elder }) {
		await lookUp(page, REFUSED, elder);
		await page.click('.way-strong');
		await page.waitForSelector('.why-steps');
		await shot('people-refused');
	},
	async nobody({ page, shot, elder }) {
		await lookUp(page, NOBODY, elder);
		await shot('people-new');
	},
	async waiting({ page, shot, elder }) {
		await lookUp(page, WAITING, elder);
		await shot('people-waiting');
	},
	async family({ page, shot, elder }) {
		await lookUp(page, MOTHER, elder);
		await shot('people-one');
		await page.click('.way-strong');
		await page.waitForSelector('.why-steps');
		await shot('people-why');
		await page.click('.way-strong');
		if (elder) {
			await page.click('.step-buttons .button-main');
		}
		await page.click('.member:first-child .button-small');
		await page.fill('.input-tail', '12');
		await page.click('.inline-form .button-main');
		await page.waitForSelector('.inline-form .error');
		await shot('people-family');
		await page.fill('.input-tail', TAIL);
		await page.click('.inline-form .button-main');
		if (elder) {
			await page.waitForSelector('#person-1');
			await shot('people-added');
			await page.goto(`${base}/people#4`);
			await page.waitForSelector('#channel');
		} else {
			await page.waitForSelector('.family .fine');
		}
		await page.click('#channel .option:nth-child(2)');
		await shot('people-two');
		if (elder) {
			await page.click('.step-buttons .button-main');
			await shot('people-check');
		}
		await page.click('.basket .button-main');
		await page.waitForSelector('.qr img');
		await page.waitForLoadState('networkidle');
		await shot('order-open');
		const at = page.url().split('/').pop();
		await page.request.get(`${base}/mock/pay?order=${at}&how=partly`, { maxRedirects: 0 });
		await page.waitForSelector('.result', { timeout: 15000 });
		await shot('order-partly');
	},
	async paid({ page, shot, elder }) {
		await lookUp(page, MOTHER, elder);
		if (elder) {
			await page.goto(`${base}/people#3`);
		}
		await page.click('#channel .option:nth-child(1)');
		if (elder) {
			await page.click('.step-buttons .button-main');
		}
		await page.click('.basket .button-main');
		await page.waitForSelector('.pay');
		await page.click('.pay a.button-main');
		await page.waitForSelector('.result');
		await shot('order-paid');
		await page.goto(`${base}/people`);
		await page.waitForSelector('.person');
		await shot('people-enrolled');
		await page.goto(`${base}/record`);
		await page.waitForSelector('#looks');
		await shot('record');
	},
	async closed({ page, shot, elder }) {
		await lookUp(page, MOTHER, elder);
		if (elder) {
			await page.goto(`${base}/people#3`);
		}
		await page.click('#channel .option:nth-child(1)');
		if (elder) {
			await page.click('.step-buttons .button-main');
		}
		await page.click('.basket .button-main');
		await page.waitForSelector('.pay');
		const at = page.url().split('/').pop();
		await page.request.get(`${base}/mock/pay?order=${at}&how=close`, { maxRedirects: 0 });
		await page.reload();
		await page.waitForSelector('.result');
		await shot('order-closed');
		await page.goto(`${base}/order/unknown`);
		await page.waitForSelector('.note-bad');
		await shot('order-missing');
	},
	async register({ page, shot, elder }) {
		await page.goto(`${base}/register`);
		await shot('register');
		await page.goto(`${base}/register/newborn`);
		await shot('register-newborn-alone');
		await page.goto(`${base}/register/new`);
		await page.fill('#reg-name', '马小草');
		await page.fill('#reg-number', NOBODY[1]);
		await shot('register-new');
		const next = async () => elder && page.click('.step-buttons .button-main');
		await next();
		await page.waitForSelector('#reg-town option:nth-child(3)', { state: 'attached' });
		await page.selectOption('#reg-town', { index: 2 });
		await page.waitForSelector('#reg-village option:nth-child(3)', { state: 'attached' });
		await page.selectOption('#reg-village', { index: 1 });
		await page.click('#reg-registered .option:nth-child(1)');
		if (elder) {
			await shot('register-where');
		}
		await next();
		const big = await page.evaluate(async () => {
			const c = document.createElement('canvas');
			c.width = 3200;
			c.height = 2400;
			const pen = c.getContext('2d');
			for (let i = 0; i < 4000; i++) {
				pen.fillStyle = `rgb(${i % 255},${(i * 7) % 255},${(i * 13) % 255})`;
				pen.fillRect((i * 97) % 3200, (i * 61) % 2400, 60, 60);
			}
			const b = await new Promise((ok) => c.toBlob(ok, 'image/jpeg', 0.97));
			return [...new Uint8Array(await b.arrayBuffer())];
		});
		await page.setInputFiles('input[type=file]:not([capture])', { name: 'a.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(big) });
		await page.waitForSelector('.paper-done');
		const sent = Number(await (await page.request.get(`${base}/mock/paper`)).text());
		if (!(sent > 0 && sent < big.length)) {
			findings.push(`register: the photograph of ${big.length} bytes went as ${sent}`);
		}
		await shot('register-papers');
		await next();
		await page.fill('#reg-phone', '13900000000');
		await next();
		if (elder) {
			await shot('register-check');
		}
		await page.click('.send .button-main');
		await page.waitForSelector('.keep-code');
		await shot('registration-asked');
		await lookUp(page, MOTHER, elder);
		await page.goto(`${base}/register/newborn`);
		await page.waitForSelector('#reg-name');
		await shot('register-newborn');
	},
	async ticket({ page, shot, elder }) {
		await page.goto(`${base}/ticket`);
		await page.waitForSelector('#ticket-kind');
		await shot('ticket');
		await page.click('#ticket-kind .option:nth-child(4)');
		const next = async () => elder && page.click('.step-buttons .button-main');
		await next();
		await next();
		await page.fill('#ticket-text', '我是三类低保，应该缴 130 元，这里显示 380 元。');
		await next();
		await page.click('.send .button-main');
		await page.waitForSelector('.keep-code');
		await shot('ticket-open');
		await page.goto(`${base}/progress`);
		await shot('progress');
		await page.fill('#code', 'nothing');
		await page.click('.send .button-main');
		await page.waitForSelector('.error');
		await shot('progress-missing');
		await page.goto(`${base}/record`);
		await shot('record-alone');
		await page.goto(`${base}/nowhere`);
		await shot('lost');
	},
};

// Width, height, mode, language, and the type's size in per cent (200: the browser's text zoom).
const FACES = [
	[390, 844, false, 'zh', 100], [390, 844, true, 'zh', 100], [390, 844, false, 'en', 100], [390, 844, true, 'en', 100],
	[1440, 900, false, 'zh', 100], [1440, 900, true, 'zh', 100], [1440, 900, false, 'en', 100],
	[320, 640, false, 'zh', 100], [390, 844, false, 'zh', 200],
];

for (const [width, height, elder, lang, zoom] of FACES) {
	for (const [walk, steps] of Object.entries(WALKS)) {
		const label = `${width}${elder ? '-elder' : ''}${lang === 'en' ? '-en' : ''}${zoom > 100 ? `-zoom${zoom}` : ''}`;
		if (only && !`${label} ${walk}`.includes(only)) {
			continue;
		}
		const page = await browser.newPage();
		page.on('pageerror', (e) => findings.push(`${label} ${walk}: ${e.message}`));
		page.on('console', (m) => {
			if (/Content Security Policy|Refused to/.test(m.text())) {
				findings.push(`${label} ${walk}: ${m.text()}`);
			}
		});
		await page.setViewportSize({ width, height });
		await browser.clearCookies();
		await page.request.get(`${base}/mock/reset`);
		await page.addInitScript(({ elder, lang, zoom }) => {
			if (zoom > 100) {
				document.addEventListener('DOMContentLoaded', () => {
					document.documentElement.style.fontSize = `${(17 * zoom) / 100}px`;
				});
			}
			localStorage.setItem('canbao.elder', elder ? '1' : '0');
			localStorage.setItem('canbao.lang', lang);
		}, { elder, lang, zoom });
		try {
			await steps({ page, elder, shot: (name) => judge(page, `${label}-${name}`, elder) });
		} catch (e) {
			findings.push(`${label} ${walk}: ${String(e.message).split('\n').slice(0, 2).join(' ')}`);
			await page.screenshot({ path: join(out, `${label}-${walk}-stuck.png`), fullPage: true });
		}
		await page.close();
	}
}
await browser.close();
server.httpServer.closeAllConnections?.();
await server.close();
rmSync(profile, { recursive: true, force: true });
console.log(`${pictures} pictures in ${out}; ${findings.length} findings`);
findings.forEach((f) => console.log(f));
process.exit(findings.length ? 1 : 0);
