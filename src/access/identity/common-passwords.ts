/** Words and walks over the keyboard that people take when a password must be long, in lower case. */
const words = `
password passwords passw0rd p@ssword p@ssw0rd passwordpassword passphrase mypassword thepassword newpassword
changeme changemenow changeit changethis letmein letmeinnow letmeinplease pleaseletmein welcome welcomeback
welcometothe admin administrator adminadmin superadmin sysadmin root rootroot superuser supervisor
qwerty qwertyuiop qwertyuiopasdf qwertyqwerty qwerty123456 qwertyuiop123 qazwsxedcrfv qazwsxedcrfvtgb
asdfghjkl asdfghjklqwe zxcvbnm zxcvbnmasdf 1qaz2wsx3edc 1qaz2wsx3edc4rfv q1w2e3r4t5y6 1q2w3e4r5t6y 1q2w3e4r5t6y7u
123456789012 1234567890123 12345678901234 123456789101112 1234567891011 0123456789012 098765432109
987654321098 112233445566 111222333444 121212121212 123123123123 123412341234 123454321234
abcdefghijkl abcdefghijklm abcdefgh1234 abc123abc123 abcd1234abcd abcdef123456 a1b2c3d4e5f6
iloveyou iloveyouforever iloveyousomuch ihateyou sunshine sunshineday princess princesses football footballfootball
manchester manchesterunited liverpool liverpoolfc chelseafc arsenal arsenalfc rangers rangersfc celticfc
superman batman spiderman starwars pokemon dragonball michaeljordan basketball baseball
monkey dragon master shadow summer winter autumn spring summertime wintertime springtime christmas
january february march april june july august september october november december
monday tuesday wednesday thursday friday saturday sunday
london england scotland wales britain unitedkingdom greatbritain
hospital hospitals thehospital nhs nhsengland nationalhealth healthcare medicine doctor doctors nurse nurses
patient patients ward surgery pathology laboratory radiology computer computers internet windows microsoft
corridor corridors corridoradmin secret secrets topsecret mysecret default temporary temppassword temp guest
guestguest tester testing testtesttest testpassword trustno1 trustnoone whatever nothing something anything
correcthorsebatterystaple
`;

export const commonPasswords: ReadonlySet<string> = new Set(words.split(/\s+/).filter((word) => word !== ""));
