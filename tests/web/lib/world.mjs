// SPDX-License-Identifier: Apache-2.0
// A county whose season stands at 20 December, its service, the simulated payment channel and its demo accounts:
// made once in a temporary folder, used by all scenarios, taken away at the end.

import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = process.env.CANBAO_ROOT || fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');
export const CANBAO = process.env.CANBAO_BIN || path.join(ROOT, 'build/canbao');
export const SIM = process.env.CANBAO_SIM || path.join(ROOT, 'build/sim/canbao-sim');
export const DAY = '2023-12-20';
const POLICY = 'sunan-2024';
const COUNTY = '620721';
// The scenarios type faster than people do; the limits have tests of their own.
const UNLIMITED = ['rate_address', 'rate_login', 'rate_lookup', 'rate_account', 'rate_document'];

function run(program, words, options = {}) {
	const done = spawnSync(program, words, { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 << 20, ...options });

	if (done.status !== 0)
		throw new Error(`${program} ${words.join(' ')}: ${done.status ?? done.error}\n${done.stdout}${done.stderr}`);
	return done.stdout;
}

function freePort() {
	return new Promise((found, failed) => {
		const s = net.createServer();

		s.once('error', failed);
		s.listen(0, '127.0.0.1', () => {
			const { port } = s.address();
			s.close(() => found(port));
		});
	});
}

/** A program that ends with us. */
class Program {
	constructor(name, file, words, log) {
		this.name = name;
		this.log = log;
		const out = fs.openSync(log, 'a');
		this.child = spawn(file, words, { cwd: ROOT, stdio: ['ignore', out, out] });
		fs.closeSync(out);
		this.ended = new Promise((done) => this.child.once('exit', (code, signal) => done(code ?? signal)));
		this.over = false;
		this.ended.then(() => { this.over = true; });
	}

	async answers(url) {
		for (let tries = 0; tries < 600 && !this.over; tries++) {
			try {
				const reply = await fetch(url);
				if (reply.status !== 503)
					return;
			} catch { /* not yet */ }
			await new Promise((done) => setTimeout(done, 50));
		}
		throw new Error(`${this.name} did not start:\n${fs.readFileSync(this.log, 'utf8').slice(-3000)}`);
	}

	stop() {
		this.child.kill('SIGTERM');
		return this.ended;
	}
}

export class World {
	/** Everything up and answering.  `settings` are laid over those of the demonstration. */
	static async open(settings = {}) {
		const w = new World();

		try {
			await w.#make(settings);
		} catch (e) {
			await w.close();
			throw e;
		}
		return w;
	}

	async #make(settings) {
		this.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'canbao-web.'));
		this.files = path.join(this.folder, 'files');
		this.db = path.join(this.folder, 'canbao.db');
		this.packs = path.join(ROOT, 'packs');
		run(CANBAO, ['demo', '--county', COUNTY, '--out', this.files]);
		run(path.join(ROOT, 'script/season'), [this.files, '--db', this.db, '--canbao', CANBAO, '--packs', this.packs,
			'--until', DAY, '--quiet']);
		this.people = JSON.parse(run(path.join(ROOT, 'script/demo-people'),
			[this.files, '--until', DAY, '--packs', this.packs, '--json', '--spare', '40']));
		this.accounts = this.#demoAccounts();
		const port = await freePort();
		const simPort = await freePort();
		this.url = `http://127.0.0.1:${port}`;
		this.simUrl = `http://127.0.0.1:${simPort}`;
		this.conf = path.join(this.folder, 'canbao.conf');
		const lines = {
			listen: `127.0.0.1:${port}`, db: this.db, policy: POLICY, packs: this.packs,
			spool: path.join(this.folder, 'spool'), sim_url: this.simUrl, cookie_secure: 'no', demo: 'yes', clock: DAY,
			...Object.fromEntries(UNLIMITED.map((k) => [k, 0])), ...settings,
		};
		fs.mkdirSync(lines.spool, { mode: 0o700 });
		fs.writeFileSync(this.conf, Object.entries(lines).map(([k, v]) => `${k} = ${v}\n`).join(''));
		await this.start();
		await this.#channels();
		this.sim = new Program('canbao-sim', SIM, ['--listen', `127.0.0.1:${simPort}`, '--server', this.url,
			'--clients', path.join(this.folder, 'clients')], path.join(this.folder, 'sim.log'));
		await this.sim.answers(this.simUrl);
	}

	/** Every channel that can be paid online signs with a key of its own. */
	async #channels() {
		const season = await (await fetch(`${this.url}/api/v1/season`)).json();
		const lines = season.channels.filter((c) => c.online).map((c) => {
			const made = JSON.parse(this.canbao(['client', 'add', '--id', `sim-${c.code.replaceAll('_', '-')}`,
				'--name', c.name, '--role', 'channel', '--unit', c.code, '--json']));

			return `${c.code} ${made.id} ${made.key}\n`;
		});

		fs.writeFileSync(path.join(this.folder, 'clients'), lines.join(''), { mode: 0o600 });
	}

	/** The demo accounts share a password and the secret of their one-time codes, which the program prints. */
	#demoAccounts() {
		const said = run(CANBAO, ['account', 'demo', '--db', this.db], { env: { ...process.env, LC_ALL: 'zh_CN.UTF-8' } });
		const password = /密码都是 (\S+)/.exec(said)[1];
		const totp = /密钥 ([A-Z2-7]+)/.exec(said)[1];

		return JSON.parse(run(CANBAO, ['account', 'list', '--db', this.db, '--json'])).map((a) => ({ ...a, password, totp }));
	}

	async start() {
		this.serve = new Program('canbao serve', CANBAO, ['serve', '--config', this.conf], path.join(this.folder, 'serve.log'));
		await this.serve.answers(`${this.url}/readyz`);
	}

	/** Stop the service; the store and the channel stay. */
	async stop() {
		const status = await this.serve.stop();

		this.serve = null;
		return status;
	}

	/** By its login: insurance, tax, town_office, town_office2 (a sibling town), … */
	account(login) {
		const found = this.accounts.find((a) => a.login === login);

		if (!found)
			throw new Error(`no demo account ${login}: ${this.accounts.map((a) => a.login).join(' ')}`);
		return found;
	}

	canbao(words, options) {
		return run(CANBAO, [...words, '--db', this.db], options);
	}

	logs() {
		return ['serve.log', 'sim.log'].map((n) => path.join(this.folder, n)).filter((p) => fs.existsSync(p))
			.map((p) => fs.readFileSync(p, 'utf8')).join('');
	}

	async close() {
		if (this.serve)
			await this.serve.stop();
		if (this.sim)
			await this.sim.stop();
		if (this.folder && !process.env.CANBAO_WEB_KEEP)
			fs.rmSync(this.folder, { recursive: true, force: true });
	}
}
