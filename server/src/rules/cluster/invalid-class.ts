import { dns1123Label } from '../../kubernetes/forms.ts';
import { Judge } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';
import { checkLabels } from '../workload/invalid-selector.ts';

const most = 1_000_000_000;

/** The classes that a cluster has by itself. */
const ofSystem: Readonly<Record<string, number>> = {
  'system-cluster-critical': 2_000_000_000,
  'system-node-critical': 2_000_001_000,
};

export const invalidClass: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['PriorityClass', 'RuntimeClass'],
  id: 'invalid-class',
  severity: 'error',
  title: "The class of priority or runtime is one that a user can't make",
  why: "The API server refuses it: priorities above 1,000,000,000 and names that begin with system- are the system's, and a runtime's handler is named by a label.",
  remedy: 'Choose a value of 1,000,000,000 or less and another name.',
  mirrors: ['scheduling/validation ValidatePriorityClass', 'node/validation ValidateRuntimeClass'],
  bad: `apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata:
  name: urgent
value: 2000000000
#      ^^^^^^^^^^ error invalid-class
`,
  good: `apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata:
  name: urgent
value: 1000000000
`,
  visit(visit, report) {
    const { value, kind } = visit;
    const judge = new Judge(visit, report);
    if (kind.kind === 'RuntimeClass') {
      judge.form(value.get('handler'), dns1123Label);
      checkLabels(judge, value.at('scheduling', 'nodeSelector'));
      return;
    }
    const name = value.at('metadata', 'name');
    const priority = value.get('value');
    const system = name.text === undefined ? undefined : ofSystem[name.text];
    if (name.text?.startsWith('system-')) {
      if (system === undefined)
        judge.refuse(name, 'Names of PriorityClasses that begin with "system-" are the system\'s');
      else if (priority.integer !== undefined && priority.integer !== system)
        judge.refuse(priority, `The priority of ${name.text} is ${system}`);
    } else if (name.text !== undefined && priority.integer !== undefined && priority.integer > most)
      judge.refuse(priority, `The priority of a class is ${most} at most, and this one's ${priority.integer}`, {
        fixes: () => judge.change(priority, String(most)),
      });
  },
};
