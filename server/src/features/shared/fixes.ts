import { documentOf } from '../../graph/document.ts';
import type { DraftFix } from '../../rules/rule.ts';
import type { Fix } from '../../rules/rule-types.ts';
import type { RuleFinding } from '../../rules/run.ts';
import { locate } from './context.ts';

/** Nothing is edited where the text is being typed and can't be read, nor from elsewhere where it needs repair. */
export const fixesOf = ({ rule, finding }: RuleFinding): readonly DraftFix[] =>
  (finding.fixes?.() ?? []).filter(
    (fix) =>
      !fix.edits.some((edit) => {
        const { outdated, isMended } = documentOf(edit.document);
        return outdated || (isMended && rule.scope === 'wiring');
      }),
  );

/** A fix with its edits in their files. */
export function placed(fix: DraftFix): Fix {
  return {
    title: fix.title,
    preferred: fix.preferred,
    edits: fix.edits.map(({ document, span, ...edit }) => ({ ...locate(document, span), ...edit })),
  };
}
