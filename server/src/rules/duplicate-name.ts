import type { Definition } from '../model/facts.ts';
import { isLent } from '../model/trie.ts';
import { isObjectSymbol, symbols } from '../tables/symbols.ts';
import { say } from './message.ts';
import type { WiringRule } from './rule.ts';
import { placeOf } from './wording.ts';

export const duplicateName: WiringRule = {
  scope: 'wiring',
  id: 'duplicate-name',
  severity: 'error',
  title: 'Two parts of one pod have the same name',
  why: 'The API server refuses two volumes, containers or ports of one name. Of two environment variables only the last one counts.',
  remedy: 'Rename one of the two, or remove it.',
  bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
    - name: web
#           ^^^ error duplicate-name
      image: nginx:1.27
`,
  good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
    - name: proxy
      image: nginx:1.27
`,
  *check(facts) {
    const first = new Map<string, Definition>();
    for (const definition of facts.definitions) {
      const symbol = symbols[definition.symbol];
      if (
        !symbol.twice ||
        isObjectSymbol(symbol) ||
        definition.numeric ||
        definition.name === '' ||
        definition.pod === undefined
      )
        continue;
      const scope = symbol.of === 'container' ? definition.container : definition.pod;
      const key = `${definition.symbol} ${scope ?? ''} ${definition.name}`;
      const earlier = first.get(key);
      if (!earlier) {
        first.set(key, definition);
        continue;
      }
      const where = symbol.of === 'container' ? 'container' : 'pod';
      const lent = isLent(facts, definition.pod);
      const refused = symbol.twice === 'refused';
      const refusal = lent ? 'the API server refuses a pod with both.' : 'the API server refuses it.';
      yield {
        span: definition.span,
        severity: lent ? 'hint' : refused ? 'error' : 'warning',
        message: say`This ${where} has ${symbol.article} ${symbol.noun} "${definition.name}" already (${placeOf(earlier)}): ${refused ? refusal : 'only this last one counts.'}`,
        related: [{ ...placeOf(earlier), message: `The first ${symbol.noun} "${definition.name}"` }],
      };
    }
  },
};
