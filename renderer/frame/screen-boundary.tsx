import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { reportFailure } from '../failures.ts';
import { EmptyState } from '../ui/empty-state.tsx';

type State = { readonly failed: boolean };
/** A screen that breaks leaves the frame and the other screens alone. */
export class ScreenBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { failed: false };
  static getDerivedStateFromError(): State {
    return { failed: true };
  }
  override componentDidCatch(error: unknown): void {
    reportFailure(error);
  }
  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return <Crashed reopen={() => this.setState({ failed: false })} />;
  }
}

function Crashed({ reopen }: { readonly reopen: () => void }) {
  const { t } = useTranslation('frame');
  return (
    <EmptyState
      kind="failed"
      title={t('crashed')}
      text={t('crashedHint')}
      action={{ label: t('reopen'), onClick: reopen }}
    />
  );
}
