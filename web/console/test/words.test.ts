// SPDX-License-Identifier: Apache-2.0
// Both languages everywhere: Chinese may stand only as the first argument of t(), with a second in
// English, or in a pair {zh, en}.  Read from the syntax tree, so nothing hides in a template.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const CHINESE = /[\u3400-\u9fff\uff01-\uff5e\u3001\u3002]/;
const src = fileURLToPath(new URL('../src/', import.meta.url));
const files = (readdirSync(src, { recursive: true }) as string[]).filter((f) => /\.tsx?$/.test(f) && !f.endsWith('contract.ts'));

/** Each language by its own name; the notice's clauses and file names are Chinese in any language. */
const ALLOWED = new Set(['中文', '.退回']);

function textOf(node: ts.Node): string | null {
	if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isJsxText(node)) return node.text;
	if (ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node)) return node.text;
	return null;
}

function hasWords(node: ts.Node): boolean {
	const text = textOf(node);
	return text !== null ? text.trim() !== '' : (ts.forEachChild(node, hasWords) ?? false) || false;
}

function chineseIn(node: ts.Node): boolean {
	const text = textOf(node);
	if (text !== null) return CHINESE.test(text);
	let found = false;
	ts.forEachChild(node, (child) => {
		found ||= chineseIn(child);
	});
	return found;
}

/** A call of t, p (a pair) or of Problem's constructor, which takes zh and en side by side. */
function pairOf(node: ts.Node): [ts.Expression, ts.Expression | undefined] | null {
	if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && ['t', 'p'].includes(node.expression.text) && node.arguments.length > 0) return [node.arguments[0]!, node.arguments[1]];
	if (ts.isNewExpression(node) && node.expression.getText() === 'Problem' && node.arguments) return [node.arguments[2]!, node.arguments[3]];
	if (ts.isObjectLiteralExpression(node)) {
		const get = (name: string) => node.properties.find((q): q is ts.PropertyAssignment => ts.isPropertyAssignment(q) && q.name.getText() === name)?.initializer;
		const zh = get('zh');
		if (zh) return [zh, get('en')];
	}
	return null;
}

function faults(file: string): string[] {
	const source = ts.createSourceFile(file, readFileSync(src + file, 'utf8'), ts.ScriptTarget.ES2022, true, file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
	const found: string[] = [];
	const at = (node: ts.Node) => `${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
	const visit = (node: ts.Node, covered: boolean): void => {
		const text = textOf(node);
		if (text !== null && !covered && CHINESE.test(text) && !ALLOWED.has(text)) found.push(`${at(node)} ${text.trim()}`);
		const pair = pairOf(node);
		if (pair && chineseIn(pair[0])) {
			// A counting word (人, 天) has no English; anything longer has.
			const [zh, en] = pair;
			if (!en) found.push(`${at(node)} no English`);
			else if (hasWords(zh) && !hasWords(en) && (textOf(zh) ?? '...').length > 2) found.push(`${at(node)} empty English`);
			visit(zh, true);
			if (en) visitEnglish(en, at);
			ts.forEachChild(node, (child) => {
				if (child !== zh && child !== en && !(ts.isPropertyAssignment(child) && (child.initializer === zh || child.initializer === en))) visit(child, covered);
			});
			return;
		}
		ts.forEachChild(node, (child) => visit(child, covered));
	};
	const visitEnglish = (node: ts.Node, where: (n: ts.Node) => string): void => {
		const text = textOf(node);
		if (text !== null && CHINESE.test(text)) found.push(`${where(node)} Chinese in the English: ${text}`);
		ts.forEachChild(node, (child) => visitEnglish(child, where));
	};
	visit(source, false);
	return found;
}

describe('every word in both languages', () => {
	it('finds the sources', () => expect(files.length).toBeGreaterThan(40));
	it.each(files)('%s', (file) => expect(faults(file)).toEqual([]));
});

describe('the sources', () => {
	it('each begin with a licence', () => {
		for (const file of files) expect(readFileSync(src + file, 'utf8').startsWith('// SPDX-License-Identifier: Apache-2.0'), file).toBe(true);
	});
	it('put nothing about a person into storage or an address', () => {
		for (const file of files) {
			const text = readFileSync(src + file, 'utf8');
			if (/localStorage|sessionStorage/.test(text)) expect(['i18n/index.tsx', 'lib/draft.ts', 'lib/hooks.ts'], file).toContain(file);
			expect(/dangerouslySetInnerHTML|innerHTML|eval\(/.test(text), file).toBe(false);
		}
	});
});
