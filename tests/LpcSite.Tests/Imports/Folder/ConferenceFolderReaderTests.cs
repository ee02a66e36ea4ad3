using System.Text;
using LpcSite.Imports;
using LpcSite.Imports.Folder;
using LpcSite.Tests.Fixture;
using NodaTime;

namespace LpcSite.Tests.Imports.Folder;

/// <summary>
/// What a folder says is read word for word, and everything wrong with it is told at once, by file and line.
/// </summary>
public sealed class ConferenceFolderReaderTests
{
    [Theory]
    [InlineData(
        "slug: pipes",
        "slug: Pipes!",
        "conference.yaml:1: 'Pipes!' is not a slug: lower-case letters a to z, digits and single hyphens, 80 "
            + "characters at most."
    )]
    [InlineData(
        "slug: pipes",
        "slug: api",
        "conference.yaml:1: The site itself uses the address /api; choose another slug."
    )]
    [InlineData(
        "slug: pipes",
        "slug: \"pipes\\n\"",
        "conference.yaml:1: 'pipes\n' is not a slug: lower-case letters a to z, digits and single hyphens, 80 "
            + "characters at most."
    )]
    [InlineData(
        "- bends",
        "- bends\n- propose",
        "conference.yaml:10: The address 'propose' is a page of the site. Choose another one."
    )]
    [InlineData(
        "- bends",
        "- bends\n- Propose",
        "conference.yaml:10: 'Propose' is not a slug: lower-case letters a to z, digits and single hyphens, 80 "
            + "characters at most."
    )]
    [InlineData(
        "- bends",
        "- bends\n- \"links\\n\"",
        "conference.yaml:10: 'links\n' is not a slug: lower-case letters a to z, digits and single hyphens, 80 "
            + "characters at most."
    )]
    [InlineData(
        "- bends",
        "- bends\npages: [organize]",
        "conference.yaml:10: The site itself uses the address 'organize'; choose another one for this page."
    )]
    [InlineData(
        "- bends",
        "- bends\npages: [\"attend\\n\"]",
        "conference.yaml:10: 'attend\n' is not a slug: lower-case letters a to z, digits and single hyphens, 80 "
            + "characters at most."
    )]
    [InlineData("slug: pipes\n", "", "conference.yaml:1: The key 'slug' is missing.")]
    [InlineData("city: Dublin", "city:", "conference.yaml:7: The key 'city' is empty.")]
    [InlineData("city: Dublin", "town: Dublin\ncity: Dublin", "conference.yaml:7: There is no key 'town'.")]
    [InlineData(
        "city: Dublin",
        "citi: Dublin\ncity: Dublin",
        "conference.yaml:7: There is no key 'citi'; did you mean 'city'?"
    )]
    [InlineData("city: Dublin", "city: [Dublin]", "conference.yaml:7: The key 'city' should be text.")]
    [InlineData(
        "time_zone: Europe/Dublin",
        "time_zone: Europe/Dublim",
        "conference.yaml:6: The time zone 'Europe/Dublim' is unknown; use a name such as Europe/Dublin, or AoE."
    )]
    [InlineData(
        "starts_on: 2031-05-05",
        "starts_on: 5 May 2031",
        "conference.yaml:4: '5 May 2031' is not a date; write it as '2022-09-12'."
    )]
    [InlineData(
        "starts_on: 2031-05-05",
        "starts_on: 2031-05-08",
        "conference.yaml:5: A conference cannot end before it starts."
    )]
    [InlineData("- bends", "- bends\n- bends", "conference.yaml:10: The microconference 'bends' is listed twice.")]
    [InlineData("- bends", "- bends\n- taps", "conference.yaml:10: The file 'taps.md' is missing.")]
    [InlineData("- bends", "- bends\n-", "conference.yaml:10: An entry of 'microconferences' is empty.")]
    [InlineData(
        "microconferences:\n- bends",
        "microconferences: []",
        "bends.md:1: This file is not listed under 'microconferences' in conference.yaml."
    )]
    [InlineData(
        "microconferences:\n- bends",
        "microconferences: bends",
        "bends.md:1: This file is not listed under 'microconferences' in conference.yaml.",
        "conference.yaml:8: The key 'microconferences' should be a list."
    )]
    [InlineData(
        "- bends",
        "- bends\nrooms:\n- name: Hall\n- name: Hall\n  capacity: none",
        "conference.yaml:12: The room 'Hall' is listed twice.",
        "conference.yaml:13: The key 'capacity' should be a whole number from 1, not 'none'."
    )]
    [InlineData(
        "- bends",
        "- bends\nrooms: [Hall]",
        "conference.yaml:10: An entry of 'rooms' should hold keys: name, capacity, equipment."
    )]
    [InlineData(
        "- bends",
        "- bends\nsponsor_tiers:\n- title: Gold\n- title: Gold",
        "conference.yaml:12: The tier 'Gold' is listed twice."
    )]
    [InlineData(
        "- bends",
        "- bends\nsponsor_tiers:\n- title: Gold\n  sponsors:\n  - name: Tin\n    url: tin.example\n    logo: "
            + "../tin.png\n  - name: Zinc\n    logo: zinc.png",
        "conference.yaml:14: A sponsor's link is an absolute address that starts with https://.",
        "conference.yaml:15: The logo '../tin.png' should lie inside the folder.",
        "conference.yaml:17: There is no file 'zinc.png'."
    )]
    [InlineData(
        "- bends",
        "- bends\nsponsor_tiers:\n- title: Gold\n  sponsors:\n  - name: Tin\n    logo: bends.md",
        "conference.yaml:14: A logo is an SVG, PNG, WebP or JPEG image; this file is none of them."
    )]
    [InlineData(
        "- bends",
        "- bends\nslots:\n- microconference: taps\n  starts: 2031-05-05 10:00\n  ends: 2031-05-05 09:00\n  room: Hall",
        "conference.yaml:11: The microconference 'taps' is not listed under 'microconferences'.",
        "conference.yaml:13: A slot ends after it starts.",
        "conference.yaml:14: The room 'Hall' is not listed under 'rooms'."
    )]
    [InlineData(
        "- bends",
        "- bends\nrooms: [{name: Hall}]\nslots:\n- {microconference: bends, starts: 2031-05-05 10:00, ends: "
            + "2031-05-05 12:00, room: Hall}\n- {microconference: bends, starts: 2031-05-05 11:00, ends: 2031-05-05 "
            + "13:00, room: Hall}",
        "conference.yaml:13: The room 'Hall' is taken by 'bends' at that time."
    )]
    [InlineData(
        "- bends",
        "- bends\nslots:\n- kind: plenary\n  starts: 2031-05-05 10:00\n  ends: 2031-05-05 11:00\n- kind: "
            + "microconference\n  title: Bends\n  starts: 2031-05-05 10:00\n  ends: 2031-05-05 11:00",
        "conference.yaml:11: The key 'title' is missing.",
        "conference.yaml:14: A microconference is named by 'microconference', and has no kind."
    )]
    [InlineData(
        "- bends",
        "- bends\nhalf_days:\n- name: Morning\n  starts: 10 am\n  ends: 13:30\n- name: Evening\n  starts: 21:00\n  "
            + "ends: 19:00\n- name: Noon\n  starts: 12:00\n  ends: 13:00\n  break: 12:50",
        "conference.yaml:12: '10 am' is not a time on the clock; write it as '10:00'.",
        "conference.yaml:15: Evening ends after it starts.",
        "conference.yaml:18: The break of Noon lies inside it."
    )]
    [InlineData(
        "- bends",
        "- bends\nwalking_minutes: 61",
        "conference.yaml:10: The key 'walking_minutes' should be a whole number from 0 to 60, not '61'."
    )]
    [InlineData(
        "- bends",
        "- bends\ncall_for_microconferences:\n  opens: 2031-02-01 00:00\n  closes: 2031-01-01 00:00\n  zone: AoE",
        "conference.yaml:12: A call closes after it opens."
    )]
    [InlineData(
        "- bends",
        "- bends\ncall_for_microconferences:\n  opens: tomorrow\n  closes: 2031-01-01 00:00\n  zone: AoE",
        "conference.yaml:11: 'tomorrow' is not a time; write it as '2022-09-12 10:00'."
    )]
    public void Read_ConferenceWithAProblem_TellsFileLineAndSentence(string text, string by, params string[] expected)
    {
        using var folder = FolderOnDisk.Small().Replace("conference.yaml", text, by);
        Assert.Equal(expected, folder.Problems());
    }

    [Theory]
    [InlineData("title: Bends\n", "", "bends.md:2: The key 'title' is missing.")]
    [InlineData("title: Bends", "title: ~", "bends.md:2: The key 'title' is empty.")]
    [InlineData("slug: bends\n", "", "bends.md:2: The key 'slug' is missing.")]
    [InlineData("slug: bends", "slug: bend", "bends.md:3: The slug is 'bend', but the file is called 'bends.md'.")]
    [InlineData(
        "leads:\n- Ann Arbor\n",
        "",
        "bends.md:2: The key 'leads' is missing: a microconference has at least one lead."
    )]
    [InlineData("leads:\n- Ann Arbor\n", "leads: []\n", "bends.md:5: A microconference has at least one lead.")]
    [InlineData(
        "leads:\n- Ann Arbor\n",
        "leds:\n- Ann Arbor\nleads: [Ann Arbor]\n",
        "bends.md:5: There is no key 'leds'; did you mean 'leads'?"
    )]
    [InlineData("- Ann Arbor", "- Ann Arbor\n- tbd", "bends.md:7: 'tbd' is nobody; only speakers may still be open.")]
    [InlineData("- Ann Arbor", "- [Ann, Arbor]\n- Bo", "bends.md:6: An entry of 'leads' should be text.")]
    [InlineData(
        "status: proposed",
        "status: propsed",
        "bends.md:4: The status 'propsed' is unknown; use one of draft, proposed, changes_requested, accepted, "
            + "declined, merged, withdrawn."
    )]
    [InlineData(
        "status: proposed",
        "status: accepted\nform: long",
        "bends.md:5: The form 'long' is unknown; use one of full, half, no_av."
    )]
    [InlineData(
        "status: proposed",
        "status: proposed\nform: full",
        "bends.md:5: Only an accepted microconference has a form."
    )]
    [InlineData(
        "status: proposed",
        "status: merged",
        "bends.md:4: A merged microconference names the one it went into in 'merged_into', and no other does."
    )]
    [InlineData(
        "status: proposed",
        "status: merged\nmerged_into: bends",
        "bends.md:5: A microconference cannot be merged into itself, not even by way of others."
    )]
    [InlineData(
        "status: proposed",
        "status: proposed\ntopics_inline: yes",
        "bends.md:5: The key 'topics_inline' should be true or false, not 'yes'."
    )]
    [InlineData(
        "status: proposed",
        "status: proposed\nstatus: draft",
        "bends.md:5: This is not valid YAML: Duplicate key status."
    )]
    [InlineData(
        "status: proposed",
        "status: 'proposed",
        "bends.md:4: This is not valid YAML: While scanning a quoted scalar, found unexpected end of stream."
    )]
    [InlineData(
        "status: proposed",
        "status: proposed\ntopics:\n- title: A\nsession:\n- topic: B\n  minutes: 20\n- minutes: 10\n- topic: A\n- "
            + "topic: A\n  minutes: 300",
        "bends.md:8: The topic 'A' stands in the session 2 times.",
        "bends.md:8: There is no topic 'B' under 'topics'.",
        "bends.md:10: A part of a session is one of 'topic', 'break' and 'item'.",
        "bends.md:11: The key 'minutes' is missing.",
        "bends.md:13: The key 'minutes' should be a whole number from 1 to 240, not '300'."
    )]
    [InlineData(
        "status: proposed",
        "status: proposed\ntopics:\n- title: A\n  minutes: 500\n  speaker: Bo",
        "bends.md:7: The key 'minutes' should be a whole number from 1 to 240, not '500'.",
        "bends.md:8: There is no key 'speaker'; did you mean 'speakers'?"
    )]
    [InlineData(
        "status: proposed",
        "status: proposed\nreferences:\n- label: '1'",
        "bends.md:6: The key 'url' is missing."
    )]
    [InlineData(
        "slug: bends",
        "slug: bends\nuid: mc-7",
        "bends.md:4: 'mc-7' is not a uid that this site exports for this. Remove the line to get a new one."
    )]
    [InlineData(
        "slug: bends",
        "slug: bends\nuid: topic-7.pipes@lpcsite",
        "bends.md:4: 'topic-7.pipes@lpcsite' is not a uid that this site exports for this. Remove the line to get a "
            + "new one."
    )]
    [InlineData(
        "slug: bends",
        "slug: bends\nuid: mc-7.other@lpcsite",
        "bends.md:4: The uid 'mc-7.other@lpcsite' belongs to the conference 'other'. Remove the line to get a new one."
    )]
    [InlineData(
        "status: proposed",
        "status: proposed\ntopics:\n- title: A\n  uid: topic-1.pipes@lpcsite\n- title: B\n  uid: topic-1.pipes@lpcsite",
        "bends.md:9: The uid 'topic-1.pipes@lpcsite' is used twice. Remove the line where it was copied to."
    )]
    [InlineData(
        "status: proposed",
        "status: proposed\naccomplishments: \"\\0\"",
        "bends.md:5: The character U+0000 cannot be kept."
    )]
    [InlineData(
        "\n---\n\nAbout",
        "\n\nAbout",
        "bends.md:1: The keys are not closed: a line '---' is missing after them."
    )]
    [InlineData(
        "---\ntitle",
        "title",
        "bends.md:1: The file should begin with a line '---', the keys, and another line '---'."
    )]
    public void Read_MicroconferenceWithAProblem_TellsFileLineAndSentence(
        string text,
        string by,
        params string[] expected
    )
    {
        using var folder = FolderOnDisk.Small().Replace("bends.md", text, by);
        Assert.Equal(expected, folder.Problems());
    }

    [Fact]
    public void Read_TextBeyondItsLimit_TellsBothLengths()
    {
        var (title, name, text) = (new string('t', 121), new string('n', 121), new string('x', 100_001));
        using var folder = FolderOnDisk
            .Small()
            .Replace("bends.md", "title: Bends", $"title: {title}")
            .Replace("bends.md", "- Ann Arbor", $"- {name}")
            .Replace("bends.md", "About bends.", text);
        Assert.Equal(
            [
                "bends.md:2: The key 'title' has 121 characters; at most 120 fit.",
                "bends.md:6: The name has 121 characters; at most 120 fit.",
                $"bends.md:9: {LpcSite.Markdown.MarkdownRenderer.Problem(text)}",
            ],
            folder.Problems()
        );
    }

    [Fact]
    public void Read_ProblemsInSeveralFiles_TellsAllOfThemInOrder()
    {
        using var folder = FolderOnDisk
            .Small()
            .Replace("conference.yaml", "city: Dublin", "")
            .Replace("conference.yaml", "- bends", "- bends\n- taps")
            .Replace("bends.md", "status: proposed", "status: open")
            .Replace("bends.md", "title: Bends\n", "")
            .With("stray.md", "stray");
        Assert.Equal(
            [
                "bends.md:2: The key 'title' is missing.",
                "bends.md:3: The status 'open' is unknown; use one of draft, proposed, changes_requested, accepted, "
                    + "declined, merged, withdrawn.",
                "conference.yaml:1: The key 'city' is missing.",
                "conference.yaml:10: The file 'taps.md' is missing.",
                "stray.md:1: This file is not listed under 'microconferences' in conference.yaml.",
            ],
            folder.Problems()
        );
    }

    [Fact]
    public void Read_NotUtf8_TellsTheLine()
    {
        using var folder = FolderOnDisk
            .Small()
            .With(
                "bends.md",
                Encoding.Latin1.GetBytes(FolderOnDisk.Bends.Replace("Ann", "Åsa", StringComparison.Ordinal))
            );
        Assert.Equal(["bends.md:6: This line is not UTF-8; save the file as UTF-8."], folder.Problems());
    }

    [Fact]
    public void Read_WithoutFolderOrConference_SaysSo()
    {
        using var folder = FolderOnDisk.Small().Without("conference.yaml");
        Assert.Equal(["conference.yaml:1: This file is missing: a conference begins with it."], folder.Problems());
        Assert.Equal(
            "The folder 'nowhere' does not exist.",
            Assert.Single(ConferenceFolderReader.Read("nowhere").Problems).Sentence
        );
    }

    [Fact]
    public void Read_ByteOrderMarkAndCarriageReturns_AreNoPartOfTheText()
    {
        using var folder = FolderOnDisk.Small();
        var plain = folder.Read().Folder!;
        foreach (var file in new[] { "conference.yaml", "bends.md" })
        {
            var text = File.ReadAllText(Path.Combine(folder.Path, file))
                .Replace("\n", "\r\n", StringComparison.Ordinal);
            folder.With(file, [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)]);
        }

        var read = folder.Read().Folder!;
        Assert.Equal(plain.City, read.City);
        Assert.Equal("About bends.", read.Microconferences.Single().Description);
    }

    [Fact]
    public void Read_Readme_IsNoMicroconference()
    {
        using var folder = FolderOnDisk.Small().With("README.md", "What these files are.");
        Assert.Empty(folder.Problems());
    }

    [Fact]
    public void Read_OddTexts_KeepsEveryVisibleCharacter()
    {
        using var folder = FolderOnDisk.Golden();
        var bent = folder.Read().Folder!.Microconferences.Single(m => m.Slug == "bent-pipes");
        Assert.Equal("Bent Pipes", bent.Title);
        Assert.Equal("Bending at -40 degrees,", bent.Topics[0].Title);
        Assert.Equal(
            ["https://bends.example/a@b", "hhttps://broken.example/", "ww.cut.example/in-", "two.html"],
            bent.Topics[0].Links
        );
        Assert.EndsWith(
            "at the end:  \n[1] stays, and so does http://bends.example/).",
            bent.Description,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Read_SpeakersToBeDone_CountsThemAsOpen()
    {
        using var folder = FolderOnDisk
            .Small()
            .Replace(
                "bends.md",
                "status: proposed",
                "status: proposed\ntopics:\n- title: A\n  speakers: [tbd, Bo, TBA, TBD]"
            );
        var topic = folder.Read().Folder!.Microconferences.Single().Topics.Single();
        Assert.Equal([new PersonName("Bo", null)], topic.Speakers);
        Assert.Equal(3, topic.OpenSpeakers);
    }

    [Fact]
    public void Read_TimesThatTheClockSkipsOrShowsTwice_AreInstantsAllTheSame()
    {
        // Dublin's clocks skip 01:30 on 30 March 2031 and show it twice on 26 October.
        using var folder = FolderOnDisk
            .Small()
            .Replace(
                "conference.yaml",
                "- bends",
                """
                - bends
                slots:
                - {microconference: bends, starts: 2031-03-30 01:30, ends: 2031-03-30 04:00}
                - {microconference: bends, starts: '2031-10-26 01:30', ends: '2031-10-26T01:30:00Z'}
                """
            );
        Assert.Empty(folder.Problems());
        var slots = folder.Read().Folder!.Slots!;
        Assert.Equal(Instant.FromUtc(2031, 3, 30, 1, 30), slots[0].Starts);
        Assert.Equal(
            (Instant.FromUtc(2031, 10, 26, 0, 30), Instant.FromUtc(2031, 10, 26, 1, 30)),
            (slots[1].Starts, slots[1].Ends)
        );
    }

    [Fact]
    public void Read_AnywhereOnEarth_IsTwelveHoursBehind()
    {
        using var folder = FolderOnDisk.Golden();
        var call = folder.Read().Folder!.CallForMicroconferences!;
        Assert.Equal(Instant.FromUtc(2031, 6, 2, 11, 59, 59), call.Closes);
    }

    [Fact]
    public void Read_SponsorInTwoTiers_IsOneSponsor()
    {
        using var folder = FolderOnDisk
            .Golden()
            .Replace(
                "conference.yaml",
                """
                - title: 'Tea: served by'
                  logos: 1
                  sponsors:
                  - name: Tin & Copper
                    url: https://tin.example/?a=1&b=2#top
                    logo: logos/tin-copper.png
                """,
                """
                - title: 'Tea: served by'
                  logos: 1
                  sponsors:
                  - name: Tin & Copper
                """
            );
        var tiers = folder.Read().Folder!.SponsorTiers!;
        Assert.Equal(tiers[0].Sponsors[0], tiers[1].Sponsors[0]);
        Assert.Equal((4, 2), (tiers[1].Sponsors[0].Logo!.Width, tiers[1].Sponsors[0].Logo!.Height));

        folder.Replace(
            "conference.yaml",
            "  - name: Tin & Copper\n- title: Unsold",
            "  - name: Tin & Copper\n    url: https://zinc.example\n- title: Unsold"
        );
        Assert.Equal(
            ["conference.yaml:30: The sponsor 'Tin & Copper' has another link or logo in another tier."],
            folder.Problems()
        );
    }
}
