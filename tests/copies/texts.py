"""Reports of one event as different people would write them. All of it is invented."""

# A report of an agency, and its second half an hour later.
WIRE = [
    "The bridge over the Sellick at Brackwater was closed to all traffic on Tuesday after divers found a crack as long as a man's arm in its third pier, "
    "harbour master Ines Holm said.",
    "Engineers of the county had gone down to look at the foundations because a barge had scraped along them in the storm of the weekend.",
    "Lorries are being sent round by Ostmark, a detour of 31 kilometres, and the bus company has put two old ferries back into service for pupils and nurses.",
    "The county said that it would know by Friday whether the pier can be clamped with steel or has to be built again from the river bed up.",
    "The bridge, of iron and stone, was opened in 1911 and carries about 4,000 cars a day between the two halves of the town.",
    "It was last closed in 1963, when ice carried away the wooden fenders that used to protect its piers from ships.",
]

# Reporters of their own, who were there.
OWN = [
    ["Brackwater woke up in two halves. Since Tuesday nobody may cross the Sellick by the old bridge, and the baker Tom Arle sells his bread from a rowing boat.",
     "A crack has been found in a pier, and harbour master Ines Holm has had barriers put up at both ends.",
     "On the north bank the school stayed half empty. Teachers crossed in a ferry that smelt of diesel and forty years of rust.",
     "Shopkeepers fear for their summer. The chamber of trade reckons with losses of 20,000 a week, said its secretary, Lena Brook.",
     "Arle is not complaining. He has sold out by nine every morning."],
    ["What was known about the pier, and when? Papers that this newspaper has read show that the county was told of hairline cracks in the Brackwater bridge two years ago.",
     "The closure ordered by harbour master Ines Holm on Tuesday came after a barge hit the bridge over the Sellick.",
     "But a survey had asked for divers long before any barge came near. It went into a drawer, a former official told us.",
     "The county did not answer questions about the survey. A councillor, Piet Sand, wants an inquiry and means to ask for one next week.",
     "Mending the pier may cost as much as the new swimming bath, for which the town has saved since 2020."],
    ["Ships on the Sellick will have to wait below Brackwater until further notice, the river authority announced on Tuesday in a notice to skippers.",
     "No vessel may pass under the damaged bridge, in which a crack was found, or tie up within 300 metres of it.",
     "Eleven barges with gravel and grain lay at anchor by evening. Their crews played cards; one had lit a grill on the hatch covers.",
     "Harbour master Ines Holm told skippers over the radio that she could not promise anything before the weekend.",
     "A tug will stand by at night in case one of them drags its anchor towards the pier."],
    ["A cracked bridge has cut a hospital in two. Nurses who live north of the Sellick in Brackwater start their shifts an hour late, and two operations were put off.",
     "The director of the hospital, Maud Ferry, called the closing of the bridge the right thing at the worst time.",
     "An ambulance is now stationed on either bank. Patients who have to go across are carried onto the lifeboat.",
     "Holm, the harbour master, has promised the hospital a boat of its own by Thursday.",
     "The delivery ward counted three births since the crack was found, all of them on the right side."],
]

QUOTE = ("\u201cWe will not open that bridge one hour before the last bolt has been tested by somebody who has to drive over it with children in the car, and if that takes until "
         "Christmas then it takes until Christmas and everybody here will learn to row,\u201d")


def text(paragraphs):
    return "\n\n".join(paragraphs)
