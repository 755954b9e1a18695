import type { Failure } from '../../connector/errors.ts';

/**
 * Whatever was thrown, in words for the operator: cause and fix, never a stack. A `ConnectorError` and our own errors
 * bring theirs; they are known by shape and not by class, so that showing an error loads none of the code that throws it.
 */
export function explain(error: unknown): Failure {
  if (!(error instanceof Error)) return { code: 'failed', cause: String(error), fix: '' };
  if ('toFailure' in error && typeof error.toFailure === 'function') return error.toFailure() as Failure;
  if (ours.has(error.name)) return { code: error.name, cause: error.message, fix: '' };
  return {
    code: 'unexpected',
    cause: error.message || 'Something failed, and gave no reason.',
    fix: 'This is a fault of the program. The log has the details: press L.',
  };
}

/** Their message says what to do already. */
const ours = new Set([
  'InvalidInput',
  'Busy',
  'NotConnected',
  'StoreTakenOver',
  'ConnectionLost',
  'ExportFailed',
  'PagerFailed',
]);
