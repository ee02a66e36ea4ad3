namespace LpcSite.Microconferences;

/// <summary>
/// An earlier microconference that one continues: usually last year's, sometimes two that became one.
/// </summary>
public class Predecessor
{
    private Predecessor() { }

    public Predecessor(Microconference earlier) => Earlier = earlier;

    public int MicroconferenceId { get; private set; }
    public int EarlierId { get; private set; }
    public Microconference Earlier { get; private set; } = null!;
}
