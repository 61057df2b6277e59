import type { Rule } from '../rule.ts';
import { invalidAttachment } from './invalid-attachment.ts';
import { invalidClaim } from './invalid-claim.ts';
import { invalidPersistentVolume } from './invalid-persistent-volume.ts';
import { invalidStorageClass } from './invalid-storage-class.ts';

/** What the API server says of claims, volumes and their classes. */
export const storageRules: readonly Rule[] = [
  invalidClaim,
  invalidPersistentVolume,
  invalidStorageClass,
  invalidAttachment,
];
