import { labelValue, qualifiedName } from '../../kubernetes/forms.ts';
import type { SchemaRule } from '../rule.ts';
import { add, changeTo, remove } from './fixes.ts';

export const invalidToleration: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['Toleration', 'PodSpec'],
  id: 'invalid-toleration',
  severity: 'error',
  mirrors: ['core/validation ValidateTolerations'],
  title: 'A toleration contradicts itself',
  why: 'Exists takes no value, a toleration without a key tolerates everything and needs Exists, and tolerationSeconds only goes with the effect NoExecute. The API server refuses anything else.',
  remedy: 'Correct the operator, or remove what does not go with it.',
  bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  tolerations:
    - key: dedicated
      operator: Exists
      value: web
#            ^^^ error invalid-toleration
  containers:
    - name: web
      image: nginx:1.27
`,
  good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  tolerations:
    - key: dedicated
      operator: Equal
      value: web
  containers:
    - name: web
      image: nginx:1.27
`,
  visit(visit, report) {
    const { schema, value } = visit;
    if (value.unknown) return;
    if (schema.type === 'object' && schema.name === 'PodSpec') {
      for (const item of value.get('tolerations').items)
        if (item.absent)
          report({
            span: item.span,
            message:
              'This toleration is empty, and one without a key needs operator: Exists: the API server refuses it.',
          });
      return;
    }
    const [key, operator, tolerated, effect, seconds] = fields.map((field) => value.get(field));
    if (!key || !operator || !tolerated || !effect || !seconds) return;
    const keyFault = key.text ? qualifiedName(key.text) : undefined;
    if (keyFault !== undefined)
      report({
        span: key.span,
        message: `"${key.text}" is no valid key of a taint: it ${keyFault}. The API server refuses it.`,
      });
    // What is no operator is said elsewhere, and so is what is no effect.
    if (operator.present && operator.text === undefined && !operator.unknown) return;
    const how = operator.text || 'Equal';
    if ((key.absent || key.text === '') && !operator.unknown && how !== 'Exists')
      report({
        span: operator.present && operator.text !== '' ? operator.span : value.keySpan,
        ofAbsence: true,
        message:
          'A toleration without a key tolerates every taint, and needs operator: Exists for that: the API server refuses it.',
        fixes: () => {
          // With a value, it is the key that is missing.
          if (tolerated.present && tolerated.text !== '') return [];
          return operator.pair
            ? changeTo(visit, operator, 'Exists', false)
            : add(visit, [], 'operator', 'Exists', false);
        },
      });
    if (how === 'Exists' && !operator.unknown && tolerated.present && tolerated.text !== '')
      report({
        span: tolerated.span,
        message: 'operator: Exists asks for no value: the API server refuses one.',
        related: [{ document: visit.document, span: operator.span, message: 'operator: Exists' }],
        fixes: () => [...remove(visit, value, 'value', false), ...changeTo(visit, operator, 'Equal', false)],
      });
    const valueFault = how === 'Equal' && !operator.unknown && tolerated.text ? labelValue(tolerated.text) : undefined;
    if (valueFault !== undefined)
      report({
        span: tolerated.span,
        message: `"${tolerated.text}" is no valid value of a taint: it ${valueFault}. The API server refuses it.`,
      });
    if (
      (how === 'Lt' || how === 'Gt') &&
      tolerated.text !== undefined &&
      !/^(?:0|-?[1-9]\d{0,18})$/.test(tolerated.text)
    )
      report({
        span: tolerated.span,
        message: `operator: ${how} compares integers: the API server refuses "${tolerated.text}".`,
      });
    if (seconds.present && (effect.absent || otherEffects.has(effect.text ?? 'NoExecute')))
      report({
        span: effect.text ? effect.span : effect.pair ? effect.keySpan : value.keySpan,
        ofAbsence: effect.absent,
        message:
          'tolerationSeconds only goes with effect: NoExecute, since only that evicts a running pod: the API server refuses it.',
        related: [{ document: visit.document, span: seconds.keySpan, message: 'tolerationSeconds is set here' }],
        fixes: () => [
          ...remove(visit, value, 'tolerationSeconds', false),
          ...(effect.pair ? changeTo(visit, effect, 'NoExecute', false) : add(visit, [], 'effect', 'NoExecute', false)),
        ],
      });
  },
};

const fields = ['key', 'operator', 'value', 'effect', 'tolerationSeconds'];
const otherEffects: ReadonlySet<string> = new Set(['', 'NoSchedule', 'PreferNoSchedule']);
