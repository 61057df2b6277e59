import { accessRules } from './access/index.ts';
import { apiVersionNotServed } from './api-version-not-served.ts';
import { apiVersionRemoved } from './api-version-removed.ts';
import { clusterRules } from './cluster/index.ts';
import { configRules } from './config/index.ts';
import { customLimits } from './custom-limits.ts';
import { decodingRules } from './decoding/index.ts';
import { deprecatedApiVersion } from './deprecated-api-version.ts';
import { deprecatedField } from './deprecated-field.ts';
import { duplicateKey } from './duplicate-key.ts';
import { duplicateMountPath } from './duplicate-mount-path.ts';
import { duplicateName } from './duplicate-name.ts';
import { duplicateResource } from './duplicate-resource.ts';
import { externalHostname } from './external-hostname.ts';
import { fieldNotInVersion } from './field-not-in-version.ts';
import { gatedField } from './gated-field.ts';
import { headlessService } from './headless-service.ts';
import { inTreeProvisioner } from './in-tree-provisioner.ts';
import { inTreeVolume } from './in-tree-volume.ts';
import { invalidJsonPatch } from './invalid-json-patch.ts';
import { invalidValue } from './invalid-value.ts';
import { legacyAnnotation } from './legacy-annotation.ts';
import { metadataRules } from './metadata/index.ts';
import { missingField } from './missing-field.ts';
import { networkRules } from './network/index.ts';
import { newerApiVersion } from './newer-api-version.ts';
import { ordinalWithoutPod } from './ordinal-without-pod.ts';
import { overlappingSelectors } from './overlapping-selectors.ts';
import { overriddenVariable } from './overridden-variable.ts';
import { podRules } from './pod/index.ts';
import { presetConflict } from './preset-conflict.ts';
import { presetEmpty } from './preset-empty.ts';
import { presetEnvFrom } from './preset-env-from.ts';
import { presetNameTooLong } from './preset-name-too-long.ts';
import { repairRules as allRepairs } from './repair/index.ts';
import type { DocumentRule, RepairRule, Rule, SchemaRule, WiringRule } from './rule.ts';
import { selectorMatchesNothing } from './selector-matches-nothing.ts';
import { selectorMismatch } from './selector-mismatch.ts';
import { staleTargetVersion } from './stale-target-version.ts';
import { storageRules } from './storage/index.ts';
import { targetApiVersion } from './target-api-version.ts';
import { unknownField } from './unknown-field.ts';
import { unknownKind } from './unknown-kind.ts';
import { unreachablePatchPath } from './unreachable-patch-path.ts';
import { unresolvedRules } from './unresolved.ts';
import { unusedKey } from './unused-key.ts';
import { unusedSuppression } from './unused-suppression.ts';
import { unusedVolume } from './unused-volume.ts';
import { workloadRules } from './workload/index.ts';
import { wrongType } from './wrong-type.ts';
import { yamlSyntax } from './yaml-syntax.ts';

/** Every rule there is. */
export const rules: readonly Rule[] = [
  yamlSyntax,
  ...allRepairs,
  duplicateKey,
  unknownKind,
  invalidJsonPatch,
  unknownField,
  apiVersionRemoved,
  apiVersionNotServed,
  deprecatedApiVersion,
  newerApiVersion,
  staleTargetVersion,
  legacyAnnotation,
  externalHostname,
  inTreeVolume,
  inTreeProvisioner,
  fieldNotInVersion,
  gatedField,
  deprecatedField,
  wrongType,
  invalidValue,
  missingField,
  ...decodingRules,
  ...metadataRules,
  ...configRules,
  customLimits,
  ...workloadRules,
  ...networkRules,
  ...storageRules,
  ...accessRules,
  ...clusterRules,
  selectorMismatch,
  selectorMatchesNothing,
  ...unresolvedRules,
  headlessService,
  ordinalWithoutPod,
  unreachablePatchPath,
  targetApiVersion,
  overlappingSelectors,
  duplicateName,
  overriddenVariable,
  duplicateMountPath,
  duplicateResource,
  ...podRules,
  presetConflict,
  presetEnvFrom,
  presetNameTooLong,
  presetEmpty,
  unusedVolume,
  unusedKey,
  unusedSuppression,
];

export const documentRules = rules.filter((rule): rule is DocumentRule => rule.scope === 'document');
export const schemaRules = rules.filter((rule): rule is SchemaRule => rule.scope === 'schema');
export const wiringRules = rules.filter((rule): rule is WiringRule => rule.scope === 'wiring');
export const repairRules = rules.filter((rule): rule is RepairRule => rule.scope === 'repair');
