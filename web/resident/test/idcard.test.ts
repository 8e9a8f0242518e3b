// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { birthOf, checkDigit, clean, cleanName, grouped, isWrong, judge, maySend, sexOf } from '../src/base/idcard';

// The two examples of the standard (GB 11643-1999), public figures of arithmetic and nobody's number.
const EXAMPLES = ['11010519491231002X', '440524188001010014'];

describe('document numbers as people type them (LB-26)', () => {
	it('takes spaces, dashes, a small x and full-width digits', () => {
		expect(clean(' 110105 19491231 002x ')).toBe('11010519491231002X');
		expect(clean('１１０１０５１９４９１２３１００２Ｘ')).toBe('11010519491231002X');
		expect(clean('110105-1949-1231-002ｘ')).toBe('11010519491231002X');
		expect(clean('110105\u00a019491231\u3000002X\u200b')).toBe('11010519491231002X');
	});

	it('knows the standard’s check digits', () => {
		for (const n of EXAMPLES) {
			expect(checkDigit(n.slice(0, 17))).toBe(n[17]);
			expect(judge(n)).toBe('good');
			expect(maySend(n)).toBe(true);
		}
	});

	it('finds every single wrong digit and every swap of neighbours that differ', () => {
		for (const n of EXAMPLES) {
			for (let i = 0; i < 17; i++) {
				for (let d = 0; d <= 9; d++) {
					const wrong = n.slice(0, i) + d + n.slice(i + 1);
					if (wrong !== n) {
						expect(judge(wrong), wrong).not.toBe('good');
						expect(maySend(wrong), wrong).toBe(false);
					}
				}
				const swapped = n.slice(0, i) + n[i + 1] + n[i] + n.slice(i + 2);
				if (swapped !== n) {
					expect(judge(swapped), swapped).not.toBe('good');
				}
			}
		}
	});

	it('says nothing while somebody still types, and does not call it wrong', () => {
		const n = EXAMPLES[0];

		expect(judge('')).toBe('empty');
		for (let i = 1; i < 18; i++) {
			expect(isWrong(judge(n.slice(0, i))), n.slice(0, i)).toBe(false);
		}
	});

	it('names what is wrong', () => {
		expect(judge('1101051949123100299')).toBe('long');
		expect(judge('110105194902300021')).toBe('date');
		expect(judge('110105X9491231002X')).toBe('letters');
		expect(judge('110105１９４９1231002号')).toBe('letters');
		expect(judge('110105491231002')).toBe('old');
		expect(maySend('110105491231002')).toBe(false);
		expect(maySend('1101051949123100')).toBe(false);
	});

	it('lets other papers through: passports, permits for Hong Kong, Macao and Taiwan', () => {
		for (const n of ['E12345678', 'H12345678', 'm 1234567890', '12345678', 'CHN110105490102']) {
			expect(maySend(n), n).toBe(true);
		}
		expect(maySend('E12')).toBe(false);
	});

	it('takes the dot in a name as any phone types it', () => {
		for (const typed of ['苏勒·索南', '苏勒•索南', '苏勒・索南', '苏勒.索南', ' 苏勒 · 索南 ', '苏勒。索南', '苏勒．索南']) {
			expect(cleanName(typed), typed).toBe('苏勒·索南');
		}
		expect(cleanName('  John   A. Smith ')).toBe('John A. Smith');
	});

	it('reads birthday and sex, and groups', () => {
		expect(birthOf('11010519491231002x')).toBe('1949-12-31');
		expect(sexOf('11010519491231002X')).toBe(2);
		expect(sexOf('440524188001010014')).toBe(1);
		expect(birthOf('110105194912310021')).toBeNull();
		expect(grouped('11010519491231002x')).toBe('110105 19491231 002X');
		expect(grouped('1101051949')).toBe('110105 1949');
	});
});
