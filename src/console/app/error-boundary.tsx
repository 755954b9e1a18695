import { Component, type ReactNode } from 'react';
import type { Failure } from '../../connector/errors.ts';
import { explain } from './failure.ts';

interface Props {
  readonly children: ReactNode;
  readonly fallback: (failure: Failure) => ReactNode;
}

/** A view that fails is replaced by what went wrong; the rest of the console goes on. Mounted anew for every place. */
export class ErrorBoundary extends Component<Props, { readonly failure: Failure | null }> {
  override state = { failure: null };

  static getDerivedStateFromError(error: unknown) {
    return { failure: explain(error) };
  }

  override render() {
    const { failure } = this.state;
    return failure === null ? this.props.children : this.props.fallback(failure);
  }
}
