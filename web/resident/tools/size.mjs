// SPDX-License-Identifier: Apache-2.0
// The first page's weight: everything dist holds (one sheet, one script, one mark, the page), gzipped.
// Fails over the budget of 80 KB.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, brotliCompressSync } from 'node:zlib';

const BUDGET = 80 * 1024;
const dist = new URL('../dist', import.meta.url).pathname;

function files(folder) {
	return readdirSync(folder).flatMap((name) => {
		const path = join(folder, name);
		return statSync(path).isDirectory() ? files(path) : [path];
	});
}

let gzip = 0, brotli = 0;
for (const path of files(dist).sort()) {
	const bytes = readFileSync(path);
	const g = gzipSync(bytes, { level: 9 }).length, b = brotliCompressSync(bytes).length;
	gzip += g;
	brotli += b;
	console.log(`${path.slice(dist.length + 1).padEnd(40)} ${String(bytes.length).padStart(8)} ${String(g).padStart(8)} gzip ${String(b).padStart(8)} brotli`);
}
console.log(`first page all told: ${(gzip / 1024).toFixed(1)} KB gzip, ${(brotli / 1024).toFixed(1)} KB brotli; budget ${BUDGET / 1024} KB`);
if (gzip > BUDGET) {
	console.error('over the budget');
	process.exit(1);
}
