// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { zh } from '../src/i18n/zh';
import { en } from '../src/i18n/en';
import { words } from '../src/i18n';

const src = new URL('../src/', import.meta.url);
const files = (readdirSync(src, { recursive: true }) as string[]).filter((f) => /\.tsx?$/.test(f) && !/i18n/.test(f));
const read = (f: string) => readFileSync(new URL(f, src), 'utf8');
const code = files.map(read).join('\n');

describe('words', () => {
	it('has every key in both languages, not empty', () => {
		expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
		for (const [key, text] of [...Object.entries(zh), ...Object.entries(en)]) {
			expect(text.trim(), key).not.toBe('');
		}
	});

	it('fills the same places in both', () => {
		const places = (text: string) => (text.match(/\{\w+\}/g) || []).sort();

		for (const key of Object.keys(zh) as (keyof typeof zh)[]) {
			expect(places(en[key]), key).toEqual(places(zh[key]));
		}
	});

	it('is Chinese in Chinese and not in English', () => {
		for (const [key, text] of Object.entries(en)) {
			if (key !== 'lang' && key !== 'lang.label') {
				expect(text, key).not.toMatch(/[\u3400-\u9fff]/);
			}
		}
		for (const [key, text] of Object.entries(zh)) {
			if (key !== 'lang' && key !== 'lang.label' && key !== 'pay.counter.sep') {
				expect(text, key).toMatch(/[\u3400-\u9fff]/);
			}
		}
	});

	it('says nothing that no page says, and no page speaks beside the dictionary', () => {
		const heads = [...code.matchAll(/[`']([a-z_]+(?:\.[a-z_0-9]+)*\.)\$\{/g)].map((m) => m[1]);
		const unused = Object.keys(zh).filter((key) =>
			!code.includes(`'${key}'`) && !heads.some((h) => key.startsWith(h)));

		expect(unused).toEqual([]);
		// base/ has days, money and what is read aloud.
		const bare = files.filter((f) => !f.startsWith('base')).filter((f) =>
			/[\u3400-\u9fff]/.test(read(f).replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')));
		expect(bare).toEqual([]);
	});

	it('fills', () => {
		expect(words('zh', 'step', { n: 2, of: 4 })).toBe('第 2 步，共 4 步');
		expect(words('en', 'step', { n: 2, of: 4 })).toBe('Step 2 of 4');
	});
});
