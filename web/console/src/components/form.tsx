// SPDX-License-Identifier: Apache-2.0
// Forms that keep what was typed and put the service's complaints at the fields they are about.
import type { FormInstance } from 'antd';
import { useCallback, useMemo } from 'react';
import { Problem } from '../api/problem';
import { useTongue } from '../i18n';
import { draftDrop, draftKeep, draftRead } from '../lib/draft';
import { useWho } from '../session';

export function useDraft<T extends object>(form: string) {
	const { session } = useWho();
	const owner = session?.login ?? '';
	return useMemo(
		() => ({
			initial: draftRead(owner, form) as Partial<T>,
			keep: (_: unknown, all: T) => draftKeep(owner, form, all as Record<string, unknown>),
			drop: () => draftDrop(owner, form),
		}),
		[owner, form],
	);
}

/** Sets the field errors of a problem; says which fields it could place. */
export function useFieldErrors(form: FormInstance<any>, names: readonly string[]) {
	const { of } = useTongue();
	return useCallback(
		(error: unknown) => {
			if (!(error instanceof Problem)) return;
			form.setFields(
				error.fields.filter((f) => names.includes(f.field)).map((f) => ({ name: f.field, errors: [of(f)] })),
			);
			const first = error.fields.find((f) => names.includes(f.field));
			if (first) form.getFieldInstance(first.field)?.focus?.();
		},
		[form, names, of],
	);
}
