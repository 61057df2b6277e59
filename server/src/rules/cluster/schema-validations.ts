import { type CelNode, parseCel } from '../../kubernetes/cel.ts';
import type { Value } from '../../syntax/value.ts';
import { type Judge, known, quoted } from '../judge.ts';

/**
 * Reports what is wrong with the rules of a schema beside their expressions: messages, paths, and a look at the former
 * value where none can be told to be the former one (ValidateCustomResourceDefinitionOpenAPISchema).
 */
export function checkValidations(judge: Judge, schema: Value, isCorrelatable: boolean): void {
  for (const rule of schema.get('x-kubernetes-validations').items) {
    if (!known(rule)) continue;
    checkMessage(judge, rule);
    checkPath(judge, rule.get('fieldPath'), schema);
    checkFormer(judge, rule, isCorrelatable);
  }
}

const isBlank = (value: Value): boolean => value.text !== undefined && value.text !== '' && value.text.trim() === '';

const hasLines = (text: string | undefined): boolean => /[\r\n]/.test(text?.trim() ?? '');

function checkMessage(judge: Judge, rule: Value): void {
  const [expression, message] = [rule.get('rule'), rule.get('message')];
  if (isBlank(expression)) judge.refuse(expression, 'A rule must not be blank');
  else if (isBlank(message)) judge.refuse(message, 'A message must not be blank');
  else if (hasLines(message.text)) judge.refuse(message, 'A message is of one line');
  else if (hasLines(expression.text) && !message.unknown && (message.absent || message.text === ''))
    judge.lacks(rule, 'message', 'A rule of several lines needs a "message"');
  if (isBlank(rule.get('messageExpression')))
    judge.refuse(rule.get('messageExpression'), 'A message expression must not be blank');
}

function checkPath(judge: Judge, path: Value, schema: Value): void {
  const { text } = path;
  if (!text) return;
  const steps = [...text.matchAll(/\.([^.[\]]+)|\['((?:[^'\\]|\\.)*)'\]/g)];
  if (steps.map(([whole]) => whole).join('') !== text) {
    judge.refuse(path, `${quoted(text)} is no path such as .spec.size or ['a key']`);
    return;
  }
  let at = schema;
  for (const [, name, key] of steps) {
    const [properties, more] = [at.get('properties'), at.get('additionalProperties')];
    const field = name ?? key?.replace(/\\(.)/g, '$1') ?? '';
    if (at.unknown || properties.unknown || (properties.absent && more.present && !more.map)) return;
    at = properties.present ? properties.get(field) : more;
    if (at.map || at.unknown) continue;
    judge.refuse(path, `The schema has no ${quoted(text)}`, { ofAbsence: true });
    return;
  }
}

/** Of the items of a list that is no map, nobody knows which were which before. */
function checkFormer(judge: Judge, rule: Value, isCorrelatable: boolean): void {
  const [expression, optional] = [rule.get('rule'), rule.get('optionalOldSelf')];
  const read = expression.text?.trim() ? parseCel(expression.text) : undefined;
  if (!read || !('tree' in read)) return;
  const isUsed = uses(read.tree, 'oldSelf');
  if (isUsed && !isCorrelatable)
    judge.refuse(
      expression,
      'The expression uses "oldSelf" within a list that is not of the type map, where nobody knows which item was which before',
    );
  else if (!isUsed && known(optional))
    judge.refuseField(optional, '"optionalOldSelf" is for rules that use "oldSelf"', {
      fixes: () => judge.remove(rule, 'optionalOldSelf', true),
    });
}

/** Whether an expression speaks of a name anywhere. */
function uses(node: CelNode, name: string): boolean {
  const below = (nodes: readonly (CelNode | undefined)[]): boolean => nodes.some((one) => one && uses(one, name));
  switch (node.kind) {
    case 'literal':
      return false;
    case 'name':
      return node.name === name;
    case 'index':
      return below([node.of, node.index]);
    case 'call':
      return below([node.of, ...node.args]);
    case 'list':
      return below(node.items);
    case 'map':
      return below(node.entries.flat());
    case 'object':
      return below(node.fields);
    case 'binary':
      return below([node.left, node.right]);
    case 'choice':
      return below([node.test, node.yes, node.no]);
    default:
      return uses(node.of, name);
  }
}
