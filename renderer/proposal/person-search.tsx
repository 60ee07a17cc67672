import { Combobox, InputBase, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { orpc } from '../engine-hooks.ts';
import { Failed } from '../ui/states.tsx';
import { Fine } from '../ui/text.tsx';
import { useWords } from '../words.ts';

export type Candidate = {
  readonly operatorId: string;
  readonly name: string;
  readonly home: string;
  readonly cellId: string | null;
};
type Props = {
  readonly proposalId: string;
  readonly label: string;
  /** the panel was opened for this search: it takes the focus */
  readonly focus?: boolean;
  readonly onPick: (candidate: Candidate) => void;
};

/** Where somebody works now, as people say it: 札幌 SS エントリ1; at home when nowhere. */
function placeOf(
  { home, cellId }: Candidate,
  businesses: readonly { readonly id: string; readonly name: string }[],
): string {
  if (cellId === null) return home;
  const [location, businessId, process] = cellId.split('\u001f');
  return [location, businesses.find(({ id }) => id === businessId)?.name ?? businessId, process].join(' ');
}

/** Finds somebody by name among the people of a proposal's data. */
export function PersonSearch({ proposalId, label, focus = false, onPick }: Props) {
  const t = useWords('proposals');
  const [text, setText] = useState('');
  const [wanted] = useDebouncedValue(text.trim(), 150);
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() });
  const found = useQuery(
    orpc.placement.candidates.queryOptions({
      input: wanted ? { id: proposalId, text: wanted } : { id: proposalId },
      enabled: box.dropdownOpened,
    }),
  );
  const lookup = useQuery(orpc.system.lookup.queryOptions());
  const people = found.data?.slice(0, 30) ?? [];
  return (
    <>
      <Combobox
        store={box}
        withinPortal
        onOptionSubmit={(operatorId) => {
          const picked = people.find((person) => person.operatorId === operatorId);
          if (picked) onPick(picked);
          setText('');
          box.closeDropdown();
        }}
      >
        <Combobox.Target withExpandedAttribute>
          <InputBase
            size="sm"
            role="combobox"
            label={label}
            autoFocus={focus}
            placeholder={t('modify.search')}
            leftSection={<IconSearch size={15} />}
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value);
              box.openDropdown();
              box.updateSelectedOptionIndex();
            }}
            onFocus={() => box.openDropdown()}
            onClick={() => box.openDropdown()}
            onBlur={() => box.closeDropdown()}
          />
        </Combobox.Target>
        <Combobox.Dropdown>
          <Combobox.Options aria-label={label} mah={240} style={{ overflowY: 'auto' }}>
            {people.map((person) => (
              <Combobox.Option key={person.operatorId} value={person.operatorId}>
                {person.name}
                <Fine span ml={8}>
                  {placeOf(person, lookup.data?.businesses ?? [])}
                </Fine>
              </Combobox.Option>
            ))}
            {found.data?.length === 0 && <Combobox.Empty>{t('modify.noCandidates')}</Combobox.Empty>}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      <Failed of={found} />
    </>
  );
}
