// SPDX-License-Identifier: Apache-2.0
// Upload of evidence: photograph or file, made smaller, sent with progress, again when it failed.

import { useRef, useState } from 'preact/hooks';
import { sendPaper } from '../api';
import { BYTES_MAX, MEDIA, smaller } from '../base/image';
import { registering, sayError, t, type KeptPaper } from '../store';
import type { EvidenceKind } from '../types';
import { Icon } from './icon';
import { Choice, focusFirstWrong } from './parts';

const PAPERS_MAX = 6;

interface Sending {
	id: number;
	kind: EvidenceKind;
	file: Blob;
	state: 'shrink' | 'sending' | 'failed';
	percent: number;
	why: string;
}

let counter = 0;

export function Papers({ kinds, error, busy }: { kinds: EvidenceKind[]; error: string; busy: (n: number) => void }) {
	const [kind, setKind] = useState<EvidenceKind>(kinds[0]);
	const [kept, setKept] = useState<KeptPaper[]>(registering.value.papers);
	const [sending, setSending] = useState<Sending[]>([]);
	const [bad, setBad] = useState('');
	const camera = useRef<HTMLInputElement>(null);
	const file = useRef<HTMLInputElement>(null);
	const live = useRef<Sending[]>([]);
	const chosen = kinds.indexOf(kind) < 0 ? kinds[0] : kind;

	const show = (list: Sending[]) => {
		live.current = list;
		setSending(list);
		busy(list.length);
	};
	const update = (id: number, part: Partial<Sending>) =>
		show(live.current.map((s) => (s.id === id ? Object.assign({}, s, part) : s)));
	const keep = (list: KeptPaper[]) => setKept(registering.set({ papers: list }).papers);
	const send = async (s: Sending) => {
		update(s.id, { state: 'shrink', percent: 0, why: '' });
		try {
			const small = await smaller(s.file);
			if (small.size > BYTES_MAX) {
				update(s.id, { state: 'failed', why: t('paper.large') });
				return;
			}
			update(s.id, { state: 'sending', file: small });
			const code = await sendPaper(s.kind, small, (percent) => update(s.id, { percent }));
			// Somebody may have taken it away meanwhile.
			if (live.current.some((x) => x.id === s.id)) {
				show(live.current.filter((x) => x.id !== s.id));
				keep(registering.value.papers.concat({ kind: s.kind, code }));
			}
		} catch (e) {
			update(s.id, { state: 'failed', why: sayError(e) });
		}
	};
	const take = (input: HTMLInputElement) => {
		const files = input.files ? Array.prototype.slice.call(input.files) as File[] : [];

		input.value = '';
		setBad('');
		files.slice(0, PAPERS_MAX - kept.length - live.current.length).forEach((f) => {
			if (MEDIA.indexOf(f.type) < 0) {
				setBad(t('paper.type'));
				focusFirstWrong();
				return;
			}
			const s: Sending = { id: ++counter, kind: chosen, file: f, state: 'shrink', percent: 0, why: '' };
			show(live.current.concat(s));
			void send(s);
		});
	};
	const name = (k: EvidenceKind) => t(`paper.${k}` as 'paper.other');
	const full = kept.length + sending.length >= PAPERS_MAX;
	const wrong = bad || (kept.length === 0 ? error : sending.length > 0 ? error : '');

	return (
		<div class={wrong ? 'papers field-bad' : 'papers'}>
			{(kept.length > 0 || sending.length > 0) && (
				<ul class="paper-list">
					{kept.map((p, i) => (
						<li key={p.code} class="paper paper-done">
							<Icon name="ring_tick" /><span class="paper-name">{name(p.kind)}<span class="door-note">{t('paper.done')}</span></span>
							<button type="button" class="button button-small" aria-label={t('paper.remove.of', { what: name(p.kind) })}
								onClick={() => keep(kept.filter((_p, j) => j !== i))}>{t('paper.remove')}</button>
						</li>
					))}
					{sending.map((s) => (
						<li key={s.id} class={s.state === 'failed' ? 'paper paper-failed' : 'paper'}>
							<Icon name={s.state === 'failed' ? 'ring_stop' : 'file'} />
							<span class="paper-name">{name(s.kind)}
								<span class="door-note" role={s.state === 'failed' ? 'alert' : undefined}>
									{s.state === 'failed' ? t('paper.failed', { why: s.why }) : s.state === 'shrink' ? t('paper.shrink') : t('paper.sending', { n: s.percent })}
								</span>
								{s.state !== 'failed' && <progress max={100} value={s.percent} aria-label={name(s.kind)} />}
							</span>
							{s.state === 'failed' && <button type="button" class="button button-small" onClick={() => void send(s)}>{t('paper.retry')}</button>}
							<button type="button" class="button button-small" aria-label={t('paper.remove.of', { what: name(s.kind) })}
								onClick={() => show(live.current.filter((x) => x.id !== s.id))}>{t('paper.remove')}</button>
						</li>
					))}
				</ul>
			)}
			<div aria-live="polite">{wrong && <p class="error" id="papers-say"><Icon name="ring_stop" /><span>{wrong}</span></p>}</div>
			{!full && (
				<>
					<Choice id="paper-kind" label={t('paper.kind')} value={chosen} change={(v) => setKind(v as EvidenceKind)} row
						options={kinds.map((k) => ({ value: k, label: name(k) }))} />
					<div class="paper-buttons">
						<button type="button" class="button" onClick={() => camera.current && camera.current.click()}><Icon name="camera" />{t('paper.camera')}</button>
						<button type="button" class="button" onClick={() => file.current && file.current.click()}><Icon name="file" />{t('paper.file')}</button>
					</div>
					<input ref={camera} class="unseen" type="file" accept="image/jpeg,image/png" capture="environment" tabIndex={-1} aria-hidden="true"
						onChange={(e) => take(e.currentTarget)} />
					<input ref={file} class="unseen" type="file" accept="image/jpeg,image/png,application/pdf" multiple tabIndex={-1} aria-hidden="true"
						onChange={(e) => take(e.currentTarget)} />
				</>
			)}
			<p class="soft">{t('paper.max')}</p>
		</div>
	);
}
