// SPDX-License-Identifier: Apache-2.0
// How long the resident's first page takes on a slow line (slow 3G: 400 ms there and back, 400 kbit/s down), for
// docs/benchmarks.md:  node tests/web/slow.mjs [rounds] [URL]

import { launch } from './lib/browser.mjs';
import { wait, weigh } from './lib/weight.mjs';
import { World } from './lib/world.mjs';

const SLOW_3G = { rtt: 400, down: 400e3, up: 400e3 };
const rounds = Number(process.argv[2] ?? 5);
const form = (page) => page.getByRole('button', { name: '查询', exact: true }).waitFor({ timeout: 60000 });
const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];

const world = process.argv[3] ? null : await World.open();
const url = process.argv[3] ?? world.url;
const browser = await launch();
try {
	const { total, each } = await weigh(browser, url, '/', form);

	for (const e of each)
		console.log(`${String(e.bytes).padStart(7)}  ${e.encoding.padEnd(5)} ${e.url}`);
	console.log(`${String(total).padStart(7)}  bytes in all (headers too)`);
	for (const cpu of [1, 4]) {
		const times = [];
		for (let i = 0; i < rounds; i++)
			times.push(await wait(browser, url, '/', form, { ...SLOW_3G, cpu }));
		console.log(`form visible after ${median(times)} ms (median of ${rounds}, ${Math.min(...times)} to ${Math.max(...times)}), processor ${cpu} times slower`);
	}
} finally {
	await browser.close();
	await world?.close();
}
