import type { Me } from '@circumspect/dashboard'
import { useQuery } from '@tanstack/react-query'
import { get } from '../shared/api'

/** Who looks at the pages, and what is open to them; it does not change in a session. */
export const useMe = () => useQuery({ queryKey: ['me'], queryFn: ({ signal }) => get<Me>('/api/me', signal), staleTime: Infinity })

/** Whether a school may be registered. */
export const useRegisters = (): boolean => useMe().data?.opens.everySchool ?? false

/** Whether cases may be seen: only then does a figure lead to them. */
export const useSeesCases = (): boolean => useMe().data?.opens.cases ?? false
