import type { SchemaRule } from '../rule.ts';
import { affinityWeight } from './affinity-weight.ts';
import { containerRestartPolicy } from './container-restart-policy.ts';
import { containerVolumes } from './container-volumes.ts';
import { envSource } from './env-source.ts';
import { ephemeralContainers } from './ephemeral-containers.ts';
import { fileMode } from './file-mode.ts';
import { hostPort } from './host-port.ts';
import { imageBlanks } from './image-blanks.ts';
import { initContainerProbe } from './init-container-probe.ts';
import { invalidEnv } from './invalid-env.ts';
import { invalidFieldRef } from './invalid-field-ref.ts';
import { invalidHandler } from './invalid-handler.ts';
import { invalidLifecycle } from './invalid-lifecycle.ts';
import { invalidMount } from './invalid-mount.ts';
import { invalidPort } from './invalid-port.ts';
import { invalidProbe } from './invalid-probe.ts';
import { invalidSysctl } from './invalid-sysctl.ts';
import { invalidToleration } from './invalid-toleration.ts';
import { invalidUserId } from './invalid-user-id.ts';
import { nodeAffinity } from './node-affinity.ts';
import { nodeSelector } from './node-selector.ts';
import { podAffinity } from './pod-affinity.ts';
import { podAnnotation } from './pod-annotation.ts';
import { podDns } from './pod-dns.ts';
import { podNameForm } from './pod-name-form.ts';
import { podOs } from './pod-os.ts';
import { podSettings } from './pod-settings.ts';
import { resourceAmount } from './resource-amount.ts';
import { resourceName } from './resource-name.ts';
import { securityContext } from './security-context.ts';
import { topologySpread } from './topology-spread.ts';
import { volumePath } from './volume-path.ts';
import { volumeSettings } from './volume-settings.ts';
import { volumeSource } from './volume-source.ts';

/** What the API server's validation says of pods and their containers, wherever a pod template stands. */
export const podRules: readonly SchemaRule[] = [
  affinityWeight,
  containerRestartPolicy,
  containerVolumes,
  envSource,
  ephemeralContainers,
  fileMode,
  hostPort,
  imageBlanks,
  initContainerProbe,
  invalidEnv,
  invalidFieldRef,
  invalidHandler,
  invalidLifecycle,
  invalidMount,
  invalidPort,
  invalidProbe,
  invalidSysctl,
  invalidToleration,
  invalidUserId,
  nodeAffinity,
  nodeSelector,
  podAffinity,
  podAnnotation,
  podDns,
  podNameForm,
  podOs,
  podSettings,
  resourceAmount,
  resourceName,
  securityContext,
  topologySpread,
  volumePath,
  volumeSettings,
  volumeSource,
];
