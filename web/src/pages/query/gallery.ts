/** Questions that counties ask, ready to be run and changed; the words of each are in the dictionary under its name. */
export const gallery: { name: string; query: string; chart?: { label: string; number: string } }[] = [
  {
    name: 'villages',
    query: `query ($cycle: ID!) {
  villageRanking(cycle: $cycle) {
    villages {
      rank
      name
      town
      score
      missing
      grades {
        name
        count
      }
    }
  }
}`,
    chart: { label: 'name', number: 'score' },
  },
  {
    name: 'losing',
    query: `query ($cycle: ID!) {
  heatMap(cycle: $cycle) {
    title
    name
    people
    lost
    lossRate
    fullMarks
  }
}`,
    chart: { label: 'title', number: 'lossRate' },
  },
  {
    name: 'towns',
    query: `query ($cycle: ID!) {
  leniency(cycle: $cycle) {
    name
    people
    mean
    difference
    deviation
    fullMarks
  }
}`,
    chart: { label: 'name', number: 'difference' },
  },
  {
    name: 'raters',
    query: `query ($cycle: ID!) {
  raterDispersion(cycle: $cycle) {
    title
    dimensionTitle
    name
    ballots
    people
    mean
    deviation
    distance
    far
  }
}`,
    chart: { label: 'title', number: 'distance' },
  },
  {
    name: 'before',
    query: `query ($cycle: ID!) {
  villageRanking(cycle: $cycle) {
    villages {
      name
      town
      before
      score
      missing
      rose
    }
  }
}`,
    chart: { label: 'name', number: 'score' },
  },
  {
    name: 'boundary',
    query: `query ($cycle: ID!) {
  quota(cycle: $cycle) {
    name
    base
    cap
    people {
      rank
      name
      village
      total
      seat
      moves
    }
  }
}`,
    chart: { label: 'name', number: 'total' },
  },
  {
    name: 'results',
    query: `query ($cycle: ID!) {
  results(cycle: $cycle) {
    name
    village
    town
    total
    rank
    gradeName
    needs
  }
}`,
    chart: { label: 'town', number: 'total' },
  },
  {
    name: 'progress',
    query: `query ($cycle: ID!) {
  progress(cycle: $cycle) {
    name
    sheets
    unfinished
    late
    stages {
      name
      count
    }
  }
}`,
    chart: { label: 'name', number: 'unfinished' },
  },
]
